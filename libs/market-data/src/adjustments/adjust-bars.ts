import type { BarColumns } from '@assay/domain';

export type Adjustment = 'none' | 'adj_close';

/**
 * Prices on the adjusted basis: open, high, low and close times the factor (adjusted close / close) of their bar;
 * volume and extra columns stay. No factors, or `none`: the same columns.
 */
export function adjustBars(bars: BarColumns, adjFactor: Float64Array | null, adjustment: Adjustment): BarColumns {
  if (adjustment === 'none' || adjFactor === null) return bars;
  const scaled = (column: Float64Array): Float64Array => column.map((value, i) => value * adjFactor[i]);
  return {
    ...bars,
    open: scaled(bars.open),
    high: scaled(bars.high),
    low: scaled(bars.low),
    close: scaled(bars.close),
  };
}
