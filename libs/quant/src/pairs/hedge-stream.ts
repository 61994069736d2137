/** What a pair is at one bar. */
export interface PairReading {
  /** Units of x against one of y, fitted on the bars before this one; NaN before there are enough. */
  ratio: number;
  /** y - intercept - ratio x, with the fit of the bars before. */
  spread: number;
  /** The spread in standard deviations; NaN while undefined. */
  z: number;
}

/**
 * Hedge ratio of y on x, bar after bar: each bar is measured with what was fitted before it, and then learned from, so
 * no reading has seen its own bar.
 */
export interface HedgeStream {
  /** Takes a bar on which both have a price. */
  update(y: number, x: number, out: PairReading): void;
  /** The complete state; its length does not change. */
  save(): Float64Array;
  load(state: Float64Array): void;
}
