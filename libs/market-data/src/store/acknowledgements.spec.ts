import type { QualityFinding } from '../quality';
import { carriedOver, unacknowledged, type Acknowledged } from './acknowledgements';

const given = { by: 'a trader', reason: 'a strike', at: '2024-01-01T00:00:00.000Z' };
const finding = (code: string, digest: string | undefined, sample: string[] = [], count = sample.length) =>
  ({ code, digest, sample, count, share: 0, message: code }) as QualityFinding;
const report = (id: string, warnings: QualityFinding[], codes: string[] = []): Acknowledged => ({
  ...{ id, warnings },
  acknowledgements: codes.map((code) => ({ code, ...given })),
});
const carried = (warnings: QualityFinding[], ...reports: Acknowledged[]) => carriedOver(warnings, reports, 'own');

describe('acknowledgements of earlier reports', () => {
  it('hold for the same findings, with name, reason, time and where they were given', () => {
    const same = [finding('outlier', 'a'), finding('zero_volume', 'b')];
    expect(carried(same, report('one', same, ['outlier']))).toEqual([
      { code: 'outlier', ...given, carried_from: 'one' },
    ]);
    const twice = { ...report('two', same), acknowledgements: carried(same, report('one', same, ['outlier'])) };
    expect(carried(same, twice)).toEqual(twice.acknowledgements);
    expect(carried(same, report('own', same, ['outlier']))).toEqual([{ code: 'outlier', ...given }]);
  });

  it('leave a code open that has a finding which was not there', () => {
    const known = report('one', [finding('outlier', 'a'), finding('spike', 'c')], ['outlier', 'spike']);
    const now = [finding('outlier', 'other'), finding('spike', 'c')];
    const acknowledgements = carried(now, known);
    expect(acknowledgements.map(({ code }) => code)).toEqual(['spike']);
    expect(unacknowledged({ warnings: now, acknowledgements })).toEqual(['outlier']);
    expect(carried([finding('spike', 'c'), finding('spike', 'd')], known)).toEqual([]);
  });

  it('are those of the newest report with the same findings, past others', () => {
    const now = [finding('outlier', 'a')];
    const other = report('three', [finding('outlier', 'b')], ['outlier']);
    const [two, one] = ['two', 'one'].map((id) => report(id, now, ['outlier']));
    expect(carried(now, other, two, one)).toMatchObject([{ carried_from: 'two' }]);
  });

  it('hold where some of what was missing has come, as far as all of it is listed', () => {
    const days = ['2024-01-02', '2024-01-03', '2024-01-04'];
    const known = report('one', [finding('missing_sessions', 'a', days)], ['missing_sessions']);
    expect(carried([finding('missing_sessions', 'b', days.slice(1))], known)).toHaveLength(1);
    expect(carried([finding('missing_sessions', 'b', ['2024-01-03', '2024-01-05'])], known)).toEqual([]);
    expect(carried([finding('missing_sessions', 'b', days, 9)], known)).toEqual([]);
    const many = report('one', [finding('missing_sessions', 'a', days, 9)], ['missing_sessions']);
    expect(carried([finding('missing_sessions', 'b', days.slice(1))], many)).toEqual([]);
    const outliers = report('one', [finding('outlier', 'a', days)], ['outlier']);
    expect(carried([finding('outlier', 'b', days.slice(1))], outliers)).toEqual([]);
  });

  it('of reports that do not say which bars they are about hold for none', () => {
    expect(
      carried([finding('outlier', undefined)], report('one', [finding('outlier', undefined)], ['outlier'])),
    ).toEqual([]);
  });
});
