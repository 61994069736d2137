import { WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { exponentialMeanSize, exponentialMeanStep, seedMean } from '../state/exponential-mean';

/**
 * Exponential moving average, alpha = 2 / (window + 1), seeded with the simple mean of the first `window` values.
 * Lookback window - 1. O(1) per bar. Source: TA-Lib EMA.
 */
export const ema = defineIndicator({
  key: 'ema',
  description: 'exponential moving average',
  inputs: ['close'],
  outputs: ['ema'],
  scale: WITH_UNIT,
  parameters: { window: bars(20, 1, 'length of the average') },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window }) => {
    const alpha = 2 / (window + 1);
    return {
      size: exponentialMeanSize,
      step: (s, input, out) => {
        out[0] = exponentialMeanStep(s, 0, window, alpha, input[0]);
      },
    };
  },
  probes: true,
  kernel: ({ window }) => {
    const alpha = 2 / (window + 1);
    return ([x], from, to, [out]) => exponentialRun(x, from, to, window, alpha, out);
  },
});

/**
 * `exponentialMeanStep` over the gap-free run x[from .. to), written to out[from + seed - 1 .. to). Returns the last
 * mean: once an input is missing no later mean is finite.
 */
export function exponentialRun(
  x: Float64Array,
  from: number,
  to: number,
  seed: number,
  alpha: number,
  out: Float64Array,
): number {
  let mean = seedMean(x, from, seed);
  out[from + seed - 1] = mean;
  for (let i = from + seed; i < to; i++) {
    mean += alpha * (x[i] - mean);
    out[i] = mean;
  }
  return mean;
}
