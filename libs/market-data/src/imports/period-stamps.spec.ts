import { rejectionOf } from '../../../testing/src/domain/refusal';
import { calendarFor } from '../calendars';
import { readImport, type ImportOptions, type ReadImport } from './read-import';

const OPTIONS: ImportOptions = {
  ...{ symbol: 'X', source: 'test', timeframe: '1w', market: 'US', adjust: 'none', outsideSessions: 'refuse' },
  nowMs: Date.parse('2026-01-01T00:00:00Z'),
};
const read = (days: string[], options: Partial<ImportOptions> = {}): Promise<ReadImport> =>
  readImport(['date,close', ...days.map((day, i) => `${day},${i + 1}`), ''].join('\n'), { ...OPTIONS, ...options });
const dates = async (...args: Parameters<typeof read>): Promise<string[]> =>
  Array.from((await read(...args)).bars.openTimeMs, (time) => new Date(time).toISOString().slice(0, 10));
const refused = async (...args: Parameters<typeof read>) => (await rejectionOf(read(...args))).errors![0];

describe('stamps of weeks', () => {
  it.each(['US', 'CRYPTO', 'FX'] as const)('on Sundays or Saturdays are refused in %s', async (market) => {
    const sundays = ['2024-01-07', '2024-01-14', '2024-01-21'];
    expect(await refused(sundays, { market })).toMatchObject({ rule: 'week_stamp', value: sundays });
    expect(await refused(['2024-01-06', '2024-01-13'], { market })).toMatchObject({ rule: 'week_stamp' });
    expect((await refused(sundays)).message).toContain('2024-01-07 (Sunday) on line 2');
  });

  it('on Mondays are moved to the first session, each by its line, which strict refuses', async () => {
    const mondays = ['2024-01-08', '2024-01-15', '2024-01-22'];
    const { repairs } = await read(mondays);
    expect(await dates(mondays)).toEqual(['2024-01-08', '2024-01-16', '2024-01-22']);
    expect(repairs).toMatchObject([{ code: 'restamped', line: 3 }]);
    expect(await refused(mondays, { reading: { strict: true } })).toMatchObject({ rule: 'strict_restamped' });
  });

  it('on the last session of all weeks are moved to the first, of some are refused', async () => {
    const ends = ['2024-03-22', '2024-03-28', '2024-04-05', '2024-04-12'];
    expect(await dates(ends)).toEqual(['2024-03-18', '2024-03-25', '2024-04-01', '2024-04-08']);
    expect(await refused(['2024-03-18', ...ends.slice(1)])).toMatchObject({ rule: 'week_stamp' });
  });

  it('amid a week are taken of the running one and where most others begin theirs, else refused', async () => {
    expect(await dates(['2024-01-08', '2024-01-16', '2024-01-24'])).toEqual(['2024-01-08', '2024-01-16', '2024-01-22']);
    const listed = ['2024-01-10', '2024-01-16', '2024-01-22', '2024-01-29'];
    expect((await dates(listed))[0]).toBe('2024-01-08');
    expect(await refused(['2024-01-10', '2024-01-17', '2024-01-24'])).toMatchObject({ rule: 'week_stamp' });
  });

  it('of one week are refused with both lines', async () =>
    expect((await refused(['2024-01-08', '2024-01-15', '2024-01-22', '2024-01-24'])).message).toContain(
      '2024-01-22 (Monday) is on line 4 and 2024-01-24 (Wednesday) on line 5',
    ));

  it('of years before the tables go by weekdays', async () =>
    expect(await dates(['1990-01-05', '1990-01-12', '1990-01-19'])).toEqual([
      '1990-01-01',
      '1990-01-08',
      '1990-01-15',
    ]));
});

describe('stamps of months', () => {
  const months = (days: string[], market: 'US' | 'CRYPTO' = 'US') => dates(days, { timeframe: '1M', market });

  it('on the first or, throughout, the last day are moved to the first session', async () => {
    expect(await months(['2024-05-01', '2024-06-01', '2024-07-01'])).toEqual([
      '2024-05-01',
      '2024-06-03',
      '2024-07-01',
    ]);
    expect(await months(['2024-01-31', '2024-02-29', '2024-03-31'])).toEqual([
      '2024-01-02',
      '2024-02-01',
      '2024-03-01',
    ]);
    expect(await months(['2024-01-31', '2024-02-29'], 'CRYPTO')).toEqual(['2024-01-01', '2024-02-01']);
    const mixed = ['2024-01-02', '2024-02-29', '2024-03-28', '2024-04-30'];
    expect(await refused(mixed, { timeframe: '1M' })).toMatchObject({ rule: 'month_stamp' });
  });
});

it('a stored week that bears a Sunday is not known before it', () => {
  const us = calendarFor('US');
  expect(us.barCloseMs(Date.parse('2024-01-07T00:00:00Z'), '1w')).toBe(us.sessionCloseMs('2024-01-12'));
});
