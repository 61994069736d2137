import { PURE_NUMBER } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import type { Recurrence, RunKernel } from '../define-indicator';
import { bars, degreesOfFreedom } from '../parameters';
import { M2, MEAN, rollingMomentsRun, rollingMomentsSize, rollingMomentsStep } from '../state/rolling-moments';

export function zscoreRecurrence(window: number, ddof: number): Recurrence {
  const divisor = window - ddof;
  return {
    size: rollingMomentsSize(window),
    step: (s, input, out) => {
      const full = rollingMomentsStep(s, 0, window, input[0]);
      out[0] = full ? zOf(input[0], s[MEAN], s[M2], divisor) : NaN;
    },
  };
}

export function zscoreKernel(window: number, ddof: number): RunKernel {
  const divisor = window - ddof;
  return ([x], from, to, [out]) => {
    const m2s = new Float64Array(x.length);
    rollingMomentsRun(x, from, to, window, out, m2s);
    for (let i = from + window - 1; i < to; i++) out[i] = zOf(x[i], out[i], m2s[i], divisor);
  };
}

function zOf(x: number, mean: number, m2: number, divisor: number): number {
  return m2 > 0 ? (x - mean) / Math.sqrt(m2 / divisor) : NaN;
}

/**
 * z-score of the newest value in its window: (x - mean) / std. Lookback window - 1; NaN in a window of equal values.
 * `ddof` 1 is the sample, 0 the population standard deviation. O(1) per bar amortised. Source: the standard score.
 */
export const zscore = defineIndicator({
  key: 'zscore',
  description: 'distance from the moving average in standard deviations',
  inputs: ['close'],
  outputs: ['zscore'],
  scale: PURE_NUMBER,
  parameters: { window: bars(20, 2, 'length of the window'), ddof: degreesOfFreedom(1) },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window, ddof }) => zscoreRecurrence(window, ddof),
  kernel: ({ window, ddof }) => zscoreKernel(window, ddof),
});
