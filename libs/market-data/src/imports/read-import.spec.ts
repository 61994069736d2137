import { rejectionOf } from '../../../testing/src/domain/refusal';
import { readImport, type ImportOptions, type ReadImport } from './read-import';

const OPTIONS: ImportOptions = {
  ...{ symbol: 'X', source: 'test', timeframe: '1d', market: 'US', adjust: 'none', outsideSessions: 'refuse' },
  nowMs: Date.parse('2026-01-01T00:00:00Z'),
};
const read = (rows: string[], options: Partial<ImportOptions> = {}): ReturnType<typeof readImport> =>
  readImport(['date,close', ...rows].join('\n'), { ...OPTIONS, ...options });
const dates = ({ bars }: ReadImport): string[] =>
  Array.from(bars.openTimeMs, (time) => new Date(time).toISOString().slice(0, 10));

describe('daily bars of an import', () => {
  it('are refused on dates without a session, with the dates, until it is said that they stay', async () => {
    const rows = ['2024-01-01,1', '2024-01-05,1', '2024-01-07,1'];
    const error = await rejectionOf(read(rows));
    expect(error.errors).toMatchObject([
      { field: 'content', rule: 'session_dates', value: ['2024-01-01', '2024-01-07'] },
    ]);
    expect(error.message).toBe(
      'daily bars must lie on sessions of the market US, 2 of 3 do not: 2024-01-01 (Monday, line 2), ' +
        '2024-01-07 (Sunday, line 4); mend their dates, the zone or the market, or state outside_sessions drop or keep',
    );
    const sundays = Array.from(
      { length: 23 },
      (_, i) => `${new Date(Date.UTC(2024, 0, 7 + 7 * i)).toISOString().slice(0, 10)},1`,
    );
    const many = (await rejectionOf(read(sundays))).message;
    expect(many).toContain('23 of 23 do not: 2024-01-07 (Sunday, line 2), ');
    expect(many).toContain(' and 3 more; mend');
    expect(dates(await read(rows, { outsideSessions: 'keep' }))).toEqual(['2024-01-01', '2024-01-05', '2024-01-07']);
    expect(dates(await read(rows, { market: 'CRYPTO' }))).toHaveLength(3);
  });

  it('are left out on such dates where that is asked, with their factors and lines, and named', async () => {
    const rows = ['2024-01-05,2,1', '2024-01-06,4,1', '2024-01-08,5,1', '2025-12-31,8,1'];
    const content = ['date,close,adj close', ...rows].join('\n');
    const asked = { ...OPTIONS, outsideSessions: 'drop', adjust: 'adj_close' } as const;
    const nowMs = Date.parse('2025-12-31T15:00:00Z');
    const kept = await readImport(content, { ...asked, nowMs });
    expect(dates(kept)).toEqual(['2024-01-05', '2024-01-08']);
    expect([...kept.bars.close, ...kept.adjFactor!]).toEqual([2, 5, 0.5, 0.2]);
    expect(kept.warnings).toMatchObject([
      {
        code: 'outside_sessions',
        ...{ count: 1, share: 1 / 4, sample: ['2024-01-06'] },
        message: 'a daily bar was left out, on dates without a session of US, the first 2024-01-06',
      },
      { code: 'unclosed_bar', message: expect.stringContaining('2025-12-31 on line 5') },
    ]);
    const none = await rejectionOf(read(['2024-01-06,1'], { outsideSessions: 'drop' }));
    expect(none.errors).toMatchObject([{ rule: 'session_dates', value: ['2024-01-06'] }]);
    const strict = readImport(content, { ...asked, nowMs, reading: { strict: true } });
    expect((await rejectionOf(strict)).message).toContain('left out, on dates without a session');
    expect((await read(['2024-01-05,1'], { outsideSessions: 'drop' })).warnings).toEqual([]);
  });

  it.each([
    ['the offset that is written', '2024-01-02 00:00:00+08:00,1', 'HK', '2024-01-02'],
    ['the offset that is written, at the open', '2024-01-02T09:30:00-05:00,1', 'US', '2024-01-02'],
    ['no zone', '2024-01-02 16:00:00,1', 'HK', '2024-01-02'],
    ['an epoch at midnight in Hong Kong', '1704124800,1', 'HK', '2024-01-02'],
    ['an epoch at midnight in New York', '1704171600,1', 'US', '2024-01-02'],
    ['an epoch at midnight in UTC', '1704153600,1', 'US', '2024-01-02'],
    ['a UTC time that is midnight in Hong Kong', '2024-01-01T16:00:00Z,1', 'HK', '2024-01-02'],
    ['midnight in UTC', '2024-01-02T00:00:00Z,1', 'US', '2024-01-02'],
  ])('have the date of %s', async (_, row, market, date) => {
    expect(dates(await read([row], { market: market as 'US' }))).toEqual([date]);
  });

  it('lie on weekdays where the calendar has no tables', async () => {
    expect(dates(await read(['1990-01-02,1', '1990-01-03,1']))).toEqual(['1990-01-02', '1990-01-03']);
    expect((await rejectionOf(read(['1990-01-06,1']))).message).toContain('1990-01-06 (Saturday, line 2)');
  });
});

describe('a bar that is not closed yet', () => {
  const rows = ['2024-07-02,1', '2024-07-03,2'];

  it('is left out with a warning until its session is over, an early one too', async () => {
    const before = await read(rows, { nowMs: Date.parse('2024-07-03T16:59:59Z') });
    expect(dates(before)).toEqual(['2024-07-02']);
    expect(before.warnings).toMatchObject([{ code: 'unclosed_bar', count: 1, sample: ['2024-07-03'] }]);
    expect(before.warnings[0].message).toContain('2024-07-03 on line 3; import it again after the close');
    const after = await read(rows, { nowMs: Date.parse('2024-07-03T17:00:00Z') });
    expect([dates(after).length, after.warnings]).toEqual([2, []]);
  });

  it('is left out of intraday bars, and of a file that begins with it', async () => {
    const hourly = ['2024-07-01T14:30:00Z,2', '2024-07-01T13:30:00Z,1'];
    const at = (time: string): Partial<ImportOptions> => ({ timeframe: '1h', nowMs: Date.parse(time) });
    const open = await read(hourly, at('2024-07-01T15:00:00Z'));
    expect(Array.from(open.bars.close)).toEqual([1]);
    expect(open.warnings[0].message).toContain('2024-07-01T14:30:00.000Z on line 2');
    expect(Array.from((await read(hourly, at('2024-07-01T15:30:00Z'))).bars.close)).toEqual([1, 2]);
  });

  it('is refused where no other is there', async () => {
    const error = await rejectionOf(read(['2024-07-03,1'], { nowMs: Date.parse('2024-07-03T12:00:00Z') }));
    expect(error.errors).toMatchObject([{ field: 'content', rule: 'closed_bars', value: '2024-07-03' }]);
  });
});
