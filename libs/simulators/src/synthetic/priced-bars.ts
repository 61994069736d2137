import type { NormalSource } from './normal-source';

const VOLUME_MEDIAN = 1e6;
const HALF = 0.5;
const GAP_PART = 0.25;
const CENTS = 1e4;

const rounded = (price: number): number => Math.round(price * CENTS) / CENTS;

/** Header of the lines of `pricedLines`. */
export const PRICED_HEADER = 'date,open,high,low,close,volume';

/** Bars around made-up closes as lines of CSV: an open after a small gap, a high and a low beyond both, a log-normal volume. */
export function pricedLines(
  random: NormalSource,
  dates: readonly string[],
  closes: readonly number[],
  daily: number,
): string[] {
  return dates.map((date, i) => {
    const before = closes[Math.max(0, i - 1)];
    const open = before * (1 + GAP_PART * daily * random.normal());
    const close = closes[i];
    const reach = HALF * daily * before;
    const high = Math.max(open, close) + reach * Math.abs(random.normal());
    const low = Math.max(Math.min(open, close) - reach * Math.abs(random.normal()), Math.min(open, close) * HALF);
    const volume = Math.round(VOLUME_MEDIAN * Math.exp(0.3 * random.normal()));
    return [date, rounded(open), rounded(high), rounded(low), rounded(close), volume].join(',');
  });
}
