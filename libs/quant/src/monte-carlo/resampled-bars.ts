import { requireThat } from '../errors/invalid-input';

/** Columns of one length; where open, high or low is missing (NaN) it stays so. */
export interface PriceColumns {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

/**
 * Writes a history that might have been: it begins with the first bar, and each further one has the shape of bar `places[t]` (its open, high,
 * low and close over the close before it) put on the close before. A price series drawn in blocks keeps what follows one another within them.
 * @param places n - 1 indices of bars from 1 to n - 1, in their new order
 * @param into columns of the same length that are overwritten
 */
export function resampleBars(bars: PriceColumns, places: Int32Array, into: PriceColumns): void {
  const n = bars.close.length;
  requireThat(places.length === n - 1, 'places.length', `${n - 1}`, places.length);
  into.open[0] = bars.open[0];
  into.high[0] = bars.high[0];
  into.low[0] = bars.low[0];
  into.close[0] = bars.close[0];
  for (let t = 1; t < n; t++) {
    const from = places[t - 1];
    const scale = into.close[t - 1] / bars.close[from - 1];
    into.open[t] = bars.open[from] * scale;
    into.high[t] = bars.high[from] * scale;
    into.low[t] = bars.low[from] * scale;
    into.close[t] = bars.close[from] * scale;
  }
}
