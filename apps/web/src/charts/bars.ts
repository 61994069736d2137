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

const FEWEST_PLACES = 2;
/** Significant digits that a price is shown with at most. */
const PRICE_DIGITS = 8;

/** A tick for series whose own is not known: as fine as the prices are written, to five significant digits of the smallest, at most 0.01. */
export function tickOf(prices: Iterable<number>): string {
  let least = Infinity;
  let written = 0;
  for (const price of prices) {
    if (price === 0 || !Number.isFinite(price)) continue;
    least = Math.min(least, Math.abs(price));
    written = Math.max(written, placesOf(String(price)));
  }
  if (least >= 100) return '0.01';
  const places = Math.min(12, written, 4 - Math.floor(Math.log10(least)));
  return places <= FEWEST_PLACES ? '0.01' : `1e-${places}`;
}

/** Digits after the point with which prices of a column stand below each other: as many as the finest of them needs, 2 to 8. */
export function placesOfPrices(prices: Iterable<number | null>): number {
  let places = FEWEST_PLACES;
  for (const price of prices) {
    if (price !== null && Number.isFinite(price)) {
      places = Math.max(places, placesOf(String(Number(price.toPrecision(PRICE_DIGITS)))));
    }
  }
  return Math.min(PRICE_DIGITS, places);
}
