import type { BarColumns } from '@assay/domain';

/** `splits`: as if all shares had always been those of today, dividends left in the price. */
export const ADJUSTMENTS = ['none', 'splits', 'adj_close'] as const;
export type Adjustment = (typeof ADJUSTMENTS)[number];
/** The basis on which a series is read where results rest on it. */
export type PriceBasis = Exclude<Adjustment, 'splits'>;

/**
 * Prices on another basis: open, high, low and close times the factor of their bar; extra columns stay, and so does the
 * volume but for `splits`, where it is divided by the factor, so that price x volume is what was traded. No factors, or
 * `none`: the same columns.
 * @param factors adjusted close / close of each bar for `adj_close`, what its splits alone make of it for `splits`
 */
export function adjustBars(bars: BarColumns, factors: Float64Array | null, adjustment: Adjustment): BarColumns {
  if (adjustment === 'none' || factors === null) return bars;
  const scaled = (column: Float64Array): Float64Array => column.map((value, i) => value * factors[i]);
  return {
    ...bars,
    open: scaled(bars.open),
    high: scaled(bars.high),
    low: scaled(bars.low),
    close: scaled(bars.close),
    ...(adjustment === 'splits' ? { volume: bars.volume.map((value, i) => value / factors[i]) } : {}),
  };
}
