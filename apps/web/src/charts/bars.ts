/** A bar for drawing; times are milliseconds since 1970, stamped by the open. */
export interface ChartBar {
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume?: number | null;
}

/** Why bars cannot be drawn: what stands at which place. Drawn all the same they would make a wrong picture, without a word. */
export function faultOf(bars: readonly ChartBar[]): string | undefined {
  let previous = -Infinity;
  for (let index = 0; index < bars.length; index++) {
    const { time } = bars[index]!;
    if (!Number.isFinite(time)) return `bar ${index} has no time`;
    if (time === previous) return `bar ${index} has the time of the one before it`;
    if (time < previous) return `bar ${index} is older than the one before it`;
    previous = time;
  }
  return undefined;
}

/** Whether a candle can be drawn of it: four prices, the open and the close within low and high. */
export const isCandle = ({ open, high, low, close }: ChartBar): boolean =>
  [open, high, low, close].every(Number.isFinite) && high >= Math.max(open, close, low) && low <= Math.min(open, close);

/** A point of a line; null is a gap. */
export interface ChartPoint {
  time: number;
  value: number | null;
}

export function pointFaultOf(points: readonly ChartPoint[]): string | undefined {
  let previous = -Infinity;
  for (let index = 0; index < points.length; index++) {
    const { time, value } = points[index]!;
    if (!Number.isFinite(time)) return `point ${index} has no time`;
    if (time === previous) return `point ${index} has the time of the one before it`;
    if (time < previous) return `point ${index} is older than the one before it`;
    if (value !== null && !Number.isFinite(value)) return `point ${index} is no number`;
    previous = time;
  }
  return undefined;
}

/** Digits after the point that a tick needs: `0.0005` four, `5` none, `1e-8` eight. */
export function placesOf(tick: string): number {
  const [mantissa = '', exponent = '0'] = tick.toLowerCase().split('e');
  const fraction = mantissa.split('.')[1]?.replace(/0+$/, '') ?? '';
  return Math.max(0, fraction.length - Number(exponent));
}

/** A tick for series whose own is not known: seven significant digits of the smallest price, between 1e-12 and 0.01. */
export function tickOf(prices: Iterable<number>): string {
  let least = Infinity;
  for (const price of prices) if (price !== 0 && Math.abs(price) < least) least = Math.abs(price);
  if (!Number.isFinite(least)) return '0.01';
  const places = Math.min(12, Math.max(2, 4 - Math.floor(Math.log10(least))));
  return least >= 100 ? '0.01' : `1e-${places}`;
}
