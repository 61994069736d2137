/** One stretch below a peak of the equity. Indices are bars; -1 as peak is the start, -1 as recovery is "not yet". */
export interface Drawdown {
  /** Positive fraction of the peak. */
  readonly depth: number;
  readonly peakIndex: number;
  readonly troughIndex: number;
  readonly recoveryIndex: number;
  /** From the peak bar to the recovery bar, or to the last bar. */
  readonly durationBars: number;
}

/** All drawdowns in time order. The starting equity 1 counts as a peak. */
export function allDrawdowns(equity: Float64Array): Drawdown[] {
  const found: Drawdown[] = [];
  let peak = 1;
  let peakIndex = -1;
  let trough = Infinity;
  let troughIndex = -1;
  const add = (recoveryIndex: number, end: number): void => {
    found.push({ depth: 1 - trough / peak, peakIndex, troughIndex, recoveryIndex, durationBars: end - peakIndex });
    trough = Infinity;
  };
  for (let t = 0; t < equity.length; t++) {
    if (equity[t] >= peak) {
      if (trough < peak) add(t, t);
      peak = equity[t];
      peakIndex = t;
    } else if (equity[t] < trough) {
      trough = equity[t];
      troughIndex = t;
    }
  }
  if (trough < peak) add(-1, equity.length - 1);
  return found;
}

/** The k deepest drawdowns, deepest first; ties by time. */
export function drawdowns(equity: Float64Array, k: number): Drawdown[] {
  return allDrawdowns(equity)
    .sort((a, b) => b.depth - a.depth || a.peakIndex - b.peakIndex)
    .slice(0, k);
}
