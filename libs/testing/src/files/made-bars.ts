/** One bar: open, high, low, close, volume. All numbers are invented. */
export type MadeBar = readonly [time: string, open: number, high: number, low: number, close: number, volume: number];

/** Sessions of New York, and hours of its trading. */
export const MADE_BARS: Readonly<Record<'days' | 'hours', readonly MadeBar[]>> = {
  days: [
    ['2024-01-02T00:00:00Z', 1210, 1252.5, 1209.25, 1251.75, 21_000],
    ['2024-01-03T00:00:00Z', 1251.75, 1253, 1240.5, 1245.25, 31_500],
    ['2024-01-16T00:00:00Z', 1245.25, 1270, 1245.25, 1265.5, 18_000],
  ],
  hours: [
    ['2024-01-02T15:00:00Z', 1210, 1252.5, 1209.25, 1251.75, 21_000],
    ['2024-01-02T16:00:00Z', 1251.75, 1253, 1240.5, 1245.25, 31_500],
    ['2024-01-02T17:00:00Z', 1245.25, 1270, 1245.25, 1265.5, 18_000],
  ],
};
