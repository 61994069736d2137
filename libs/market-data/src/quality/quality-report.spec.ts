import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QualityCode } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { DAY_MS, HOUR_MS } from '@assay/primitives';
import { calendarFor } from '../calendars';
import { readBarsText } from '../files';
import { qualityReport, type QualityFinding, type QualityReport } from './index';

const us = calendarFor('US');
const crypto = calendarFor('CRYPTO');
const file = (path: string): BarColumns =>
  readBarsText(readFileSync(join(__dirname, '../../../../node_modules', path))).bars;

/** Clean bars on the sessions of 2019 with moves of about one percent. */
function clean(): BarColumns {
  const dates = us.sessions('2019-01-02', '2019-12-31');
  const close = Float64Array.from(dates, (_, i) => 100 + Math.sin(i * 1.7) + i / 100);
  return {
    symbol: 'X',
    source: 'test',
    timeframe: '1d',
    openTimeMs: Float64Array.from(dates, (date) => Date.parse(date)),
    open: close.map((value) => value - 0.1),
    high: close.map((value) => value + 1),
    low: close.map((value) => value - 1),
    close,
    volume: close.map(() => 1000),
    extra: {},
  };
}
const without = (bars: BarColumns, dropped: readonly number[]): BarColumns => {
  const keep = (column: Float64Array): Float64Array => column.filter((_, i) => !dropped.includes(i));
  const { openTimeMs, open, high, low, close, volume } = bars;
  const columns = { open: keep(open), high: keep(high), low: keep(low), close: keep(close), volume: keep(volume) };
  return { ...bars, openTimeMs: keep(openTimeMs), ...columns };
};
const codes = (report: QualityReport): QualityCode[] => [...report.errors, ...report.warnings].map(({ code }) => code);

describe('the quality report', () => {
  it('finds nothing in clean bars', () => expect(codes(qualityReport(clean(), us))).toEqual([]));

  it('says that the S&P index opens at its previous close on a third of its bars, nearly always until 2005', () => {
    const report = qualityReport(file('vega-datasets/data/sp500-2000.csv'), us);
    const found = report.warnings.find(({ code }) => code === 'open_equals_previous_close')!;
    expect(report.errors).toEqual([]);
    expect(found.share).toBeCloseTo(0.345, 3);
    expect(found.message).toContain('in 2000 to 2005 nearly all');
    expect((found.facts!.share_by_year as Record<string, number>)[2016]).toBe(0);
  });

  it('finds nothing in AAPL', () => {
    expect(codes(qualityReport(file('@observablehq/sample-datasets/aapl.csv'), us))).toEqual([]);
  });

  describe('tells by a digest whether a finding', () => {
    const saturday = without(clean(), [20]).openTimeMs.indexOf(Date.parse('2019-05-31'));
    /** The first `n` bars of a series with an outlier, bars without volume, a still stand, a gap and a bar on a Saturday. */
    const doubtful = (n: number): BarColumns => {
      const bars = without(clean(), [20]);
      bars.close[40] *= 1.6;
      bars.high[40] *= 1.6;
      bars.volume.fill(0, 60, 63);
      bars.close.fill(101, 80, 86);
      bars.openTimeMs[saturday] = Date.parse('2019-06-01');
      return without(
        bars,
        Array.from({ length: bars.close.length - n }, (_, i) => n + i),
      );
    };
    const digests = (bars: BarColumns, noticed: QualityFinding[] = []): Record<string, string> =>
      Object.fromEntries(qualityReport(bars, us, noticed).warnings.map(({ code, digest }) => [code, digest!]));
    const before = doubtful(120);

    it('is the same one after more bars', () => {
      expect(Object.keys(digests(before)).sort()).toEqual(
        ['constant_run', 'missing_sessions', 'outlier', 'outside_session', 'spike', 'zero_volume'].sort(),
      );
      expect(digests(doubtful(150))).toEqual(digests(before));
    });

    it.each([
      ['outlier', 'close', 40, 170],
      ['outlier', 'close', 39, 100],
      ['zero_volume', 'open', 61, 100],
      ['zero_volume', 'volume', 70, 0],
      ['constant_run', 'close', 86, 101],
      ['outside_session', 'volume', saturday, 7],
    ] as const)('of %s is another after a change of %s in bar %i', (code, column, bar, value) => {
      const after = doubtful(120);
      after[column][bar] = value;
      expect(digests(after)[code]).not.toBe(digests(before)[code]);
    });

    it('of missing sessions is another with one more', () => {
      expect(digests(without(before, [70])).missing_sessions).not.toBe(digests(before).missing_sessions);
    });

    it('is the same one beyond the calendar', () => {
      const [near, far] = ['2036-01-02', '2036-01-03'].map((date) => {
        const bars = doubtful(120);
        bars.openTimeMs[119] = Date.parse(date);
        return qualityReport(bars, us).warnings.find(({ code }) => code === 'calendar_not_covered')!;
      });
      expect([far.digest, far.sample]).toEqual([near.digest, [near.sample[0], '2036-01-03']]);
    });

    it('that an import noticed is still there: the bars that it names, and those before them', () => {
      const named = [30, 90].map((bar) => new Date(before.openTimeMs[bar]).toISOString().slice(0, 10));
      const said = { code: 'unadjusted_split', message: 'two splits', count: 2, share: 0.01, sample: named } as const;
      const [noticed] = qualityReport(before, us, [{ ...said }]).warnings;
      expect(noticed).toEqual({ ...said, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
      expect(digests(doubtful(150), [noticed]).unadjusted_split).toBe(noticed.digest);
      for (const [bar, stays] of [
        [29, false],
        [90, false],
        [28, true],
        [91, true],
      ] as const) {
        const after = doubtful(150);
        after.close[bar] += 0.5;
        expect([bar, digests(after, [noticed]).unadjusted_split !== undefined]).toEqual([bar, stays]);
      }
    });
  });

  it('counts missing sessions and the longest gap', () => {
    const [found] = qualityReport(without(clean(), [10, 50, 51, 52]), us).warnings;
    expect(found).toMatchObject({ code: 'missing_sessions', count: 4, facts: { longest_gap_sessions: 3 } });
    expect(found.sample[0]).toBe(us.sessions('2019-01-02', '2019-12-31')[10]);
  });

  it('warns of a bar on a holiday, which may be meant', () => {
    const bars = clean();
    bars.openTimeMs[2] = Date.parse('2019-01-06');
    const { errors, warnings } = qualityReport(bars, us);
    expect(errors).toEqual([]);
    expect(warnings[0]).toMatchObject({ code: 'outside_session', count: 1, sample: ['2019-01-06'] });
    expect(warnings[0]!.message).toBe('1 of 252 bars lies where the market was closed, first 2019-01-06');
  });

  it('calls falling times, impossible prices and ranges that exclude the close errors', () => {
    const order = clean();
    order.openTimeMs[5] = order.openTimeMs[4];
    const price = clean();
    price.close[7] = NaN;
    const range = clean();
    range.high[9] = range.close[9] - 0.5;
    expect(codes(qualityReport(order, us))).toContain('not_rising');
    expect(qualityReport(price, us).errors[0]).toMatchObject({ code: 'invalid_price', count: 1 });
    expect(qualityReport(range, us).errors[0]).toMatchObject({ code: 'inconsistent_range', count: 1 });
  });

  it('warns of bars without volume, standing prices and outliers', () => {
    const bars = clean();
    bars.volume.forEach((_, i) => (bars.volume[i] = 1000 + i));
    bars.volume[3] = 0;
    bars.close.fill(bars.close[20], 20, 27);
    bars.open.fill(bars.close[20] - 0.1, 20, 27);
    bars.high.fill(bars.close[20] + 1, 20, 27);
    bars.low.fill(bars.close[20] - 1, 20, 27);
    for (const column of [bars.open, bars.high, bars.low, bars.close])
      column.forEach((_, i) => i >= 100 && (column[i] *= 1.7));
    bars.open[100] /= 1.7;
    bars.low[100] = bars.open[100];
    const report = qualityReport(bars, us);
    expect(codes(report)).toEqual(['zero_volume', 'constant_run', 'outlier']);
    expect(report.warnings[1]).toMatchObject({ count: 1, facts: { longest_bars: 7 } });
    expect(report.warnings[2]).toMatchObject({
      count: 1,
      sample: [new Date(bars.openTimeMs[100]).toISOString().slice(0, 10)],
    });
  });

  const date = (bars: BarColumns, i: number): string => new Date(bars.openTimeMs[i]).toISOString().slice(0, 10);
  const scale = (bars: BarColumns, from: number, to: number, by: number): void => {
    for (const column of [bars.open, bars.high, bars.low, bars.close])
      for (let i = from; i < to; i += 1) column[i] *= by;
  };
  const found = (bars: BarColumns): [QualityCode, number, string[]][] => {
    const { errors, warnings } = qualityReport(bars, us);
    return [...errors, ...warnings].map(({ code, count, sample }) => [code, count, sample]);
  };

  it('tells a wrong print, by its close or its range, from a move that stays', () => {
    const bars = clean();
    scale(bars, 80, 81, 1.6);
    bars.low[120] /= 3;
    expect(found(bars)).toEqual([
      ['outlier', 2, [date(bars, 80), date(bars, 81)]],
      ['spike', 2, [date(bars, 80), date(bars, 120)]],
    ]);
  });

  it('takes a step by the ratio of a split over night, up or down, for a possible split', () => {
    const bars = clean();
    scale(bars, 80, bars.close.length, 1 / 4);
    scale(bars, 150, bars.close.length, 10);
    const days = [date(bars, 80), date(bars, 150)];
    expect(found(bars)).toEqual([
      ['outlier', 2, days],
      ['possible_split', 2, days],
    ]);
    const [, split] = qualityReport(bars, calendarFor('US')).warnings;
    expect(split!.facts).toEqual({
      splits: [
        { ex_date: days[0], value: 4 },
        { ex_date: days[1], value: 0.1 },
      ],
    });
    expect(split!.message).toContain(`assay data actions add --symbol SYMBOL --source SOURCE --split ${days[0]}:4`);
    const fall = clean();
    scale(fall, 80, fall.close.length, 1 / 2.3);
    expect(found(fall)).toEqual([['outlier', 1, [date(fall, 80)]]]);
  });

  it('sees bars that a feed sent again under another time, not those without any trade', () => {
    const bars = clean();
    for (const name of ['open', 'high', 'low', 'close', 'volume'] as const) bars[name].copyWithin(61, 60, 61);
    expect(found(bars)).toEqual([['repeated_bar', 1, [date(bars, 61)]]]);
    bars.volume.fill(NaN);
    expect(found(bars)).toEqual([]);
  });

  it('says by how many hours bars are off the sessions', () => {
    const opens = us.sessions('2019-03-04', '2019-03-15').flatMap((day) => us.barOpens(day, '1h'));
    const moved = (hours: number): QualityReport => {
      const openTimeMs = Float64Array.from(opens, (time) => time + hours * HOUR_MS);
      const column = Float64Array.from(opens, (_, i) => 100 + Math.sin(i));
      const range = { open: column, high: column.map((x) => x + 9), low: column.map((x) => x - 9) };
      return qualityReport({ ...clean(), ...range, timeframe: '1h', openTimeMs, close: column, volume: column }, us);
    };
    expect(moved(0).errors).toEqual([]);
    expect(moved(5).errors).toMatchObject([{ code: 'outside_session', facts: { shift_hours: -5 } }]);
    expect(moved(-6.5).errors[0].message).toContain('; moved by +6.5 hours nearly all lie in sessions of US');
    const daily = clean();
    daily.openTimeMs.forEach((time, i) => (daily.openTimeMs[i] = time - DAY_MS));
    expect(qualityReport(daily, us).errors).toMatchObject([{ code: 'outside_session', facts: { shift_hours: 24 } }]);
    const one = clean();
    one.openTimeMs[2] = Date.parse('2019-01-06');
    expect(qualityReport(one, us).errors).toEqual([]);
    expect(qualityReport(one, us).warnings[0]).not.toHaveProperty('facts');
  });

  it('takes absent columns as absent', () => {
    const { close, openTimeMs } = clean();
    const none = (): Float64Array => new Float64Array(close.length).fill(NaN);
    const bars = { ...clean(), openTimeMs, close, open: none(), high: none(), low: none(), volume: none() };
    expect(codes(qualityReport(bars, us))).toEqual([]);
  });

  it('finds missing hours inside sessions', () => {
    const opens = us.sessions('2019-03-04', '2019-03-15').flatMap((date) => us.barOpens(date, '1h'));
    const column = Float64Array.from(opens, (_, i) => 100 + Math.sin(i));
    const hourly = { ...clean(), timeframe: '1h' as const, openTimeMs: Float64Array.from(opens) };
    const bars = {
      ...hourly,
      open: column.map((x) => x - 0.1),
      high: column.map((x) => x + 9),
      low: column.map((x) => x - 9),
    };
    const whole = { ...bars, close: column, volume: column };
    expect(codes(qualityReport(whole, us))).toEqual([]);
    expect(qualityReport(without(whole, [4, 8]), us).warnings).toMatchObject([{ code: 'missing_bars', count: 2 }]);
  });

  it('does not compare dates the calendar does not know', () => {
    const bars = clean();
    bars.openTimeMs.forEach((_, i) => (bars.openTimeMs[i] -= 25 * 365 * DAY_MS));
    expect(codes(qualityReport(bars, us))).toEqual(['calendar_not_covered']);
  });

  it('expects an open at the previous close where the market never closes', () => {
    const bars = clean();
    bars.openTimeMs.forEach((_, i) => (bars.openTimeMs[i] = i * DAY_MS));
    for (let i = 1; i < bars.open.length; i += 1) bars.open[i] = bars.close[i - 1];
    bars.high.forEach((_, i) => (bars.high[i] = Math.max(bars.open[i], bars.close[i]) + 1));
    bars.low.forEach((_, i) => (bars.low[i] = Math.min(bars.open[i], bars.close[i]) - 1));
    expect(codes(qualityReport(bars, crypto))).toEqual([]);
  });
});
