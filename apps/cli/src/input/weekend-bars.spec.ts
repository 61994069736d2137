import type { BarColumns } from '@assay/domain';
import { DAY_MS } from '@assay/primitives';
import { weekendWarning } from './weekend-bars';

/** Daily bars from Monday 2024-01-01 on, on the days of the week that are given, `shift` days off. */
function file(days: readonly number[], shift = 0, timeframe: '1d' | '1h' = '1d') {
  const all = Array.from({ length: 140 }, (_, i) => Date.UTC(2024, 0, 1) + i * DAY_MS);
  const openTimeMs = Float64Array.from(all.filter((ms) => days.includes(new Date(ms).getUTCDay()))).map(
    (ms) => ms + shift * DAY_MS,
  );
  const lines = Int32Array.from(openTimeMs, (_, i) => i + 2);
  return { bars: { openTimeMs, timeframe } as BarColumns, lines, present: new Set(['date'] as const) };
}
const first = (n: number, { bars, ...rest }: ReturnType<typeof file>) => ({
  ...rest,
  bars: { ...bars, openTimeMs: bars.openTimeMs.slice(0, n) },
});
const WEEK = [1, 2, 3, 4, 5];

describe('daily bars on weekends', () => {
  it('that come a day early are counted and listed by date and line, with the flag that mends them', () => {
    expect(weekendWarning(file(WEEK, -1), undefined)).toEqual({
      code: 'outside_session',
      message:
        '20 of 100 daily bars lie on a weekend: 2023-12-31 (Sunday, line 2), 2024-01-07 (Sunday, line 7), ' +
        '2024-01-14 (Sunday, line 12), 2024-01-21 (Sunday, line 17), 2024-01-28 (Sunday, line 22) and 15 more; ' +
        'where they come a day early, state the zone of the market by --zone, such as --zone Asia/Hong_Kong',
    });
    expect(weekendWarning(file(WEEK, -1), 'UTC')!.message).toMatch(/15 more$/);
  });

  it.each([
    ['a market of five days', file(WEEK)],
    ['one that trades every day', file([0, ...WEEK, 6])],
    ['the first three days of one', first(3, file([0, ...WEEK, 6], -1))],
    ['bars of an hour', file([0, ...WEEK], 0, '1h')],
    ['a file without dates', { ...file(WEEK, -1), present: new Set(['close'] as const) }],
  ])('are none in %s', (_, given) => expect(weekendWarning(given, undefined)).toBeNull());
});
