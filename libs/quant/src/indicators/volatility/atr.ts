import { PURE_NUMBER, WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import type { Recurrence } from '../define-indicator';
import { bars } from '../parameters';
import { exponentialMeanSize, exponentialMeanStep } from '../state/exponential-mean';
import { trueRangeOf } from './true-range';

export const averageTrueRangeSize = 2 + exponentialMeanSize;

/** [count, previous close, Wilder mean of the true range]; NaN for the first `window` bars. */
export function averageTrueRangeStep(
  s: Float64Array,
  o: number,
  window: number,
  alpha: number,
  high: number,
  low: number,
  close: number,
): number {
  const previous = s[o + 1];
  s[o + 1] = close;
  if (s[o] === 0) {
    s[o] = 1;
    return NaN;
  }
  return exponentialMeanStep(s, o + 2, window, alpha, trueRangeOf(high, low, previous));
}

function recurrenceOf(window: number, finish: (range: number, close: number) => number): Recurrence {
  const alpha = 1 / window;
  return {
    size: averageTrueRangeSize,
    step: (s, input, out) => {
      out[0] = finish(averageTrueRangeStep(s, 0, window, alpha, input[0], input[1], input[2]), input[2]);
    },
  };
}

/**
 * Average true range by Wilder's smoothing, seeded with the simple mean. Lookback `window`. O(1) per bar. Source:
 * TA-Lib ATR.
 */
export const atr = defineIndicator({
  key: 'atr',
  description: "Wilder's average true range, in price units",
  inputs: ['high', 'low', 'close'],
  outputs: ['atr'],
  scale: WITH_UNIT,
  parameters: { window: bars(14, 1, "length of Wilder's smoothing") },
  lookback: ({ window }) => window,
  recurrence: ({ window }) => recurrenceOf(window, (range) => range),
  probes: true,
  kernel:
    ({ window }) =>
    ([high, low, close], from, to, [out]) =>
      averageTrueRangeRun(high, low, close, from, to, window, out),
});

/** `averageTrueRangeStep` over a gap-free run; returns a number that is finite only if all its prices are. */
function averageTrueRangeRun(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  from: number,
  to: number,
  window: number,
  out: Float64Array,
): number {
  const alpha = 1 / window;
  let mean = 0;
  for (let k = 1; k <= window; k++)
    mean += (trueRangeOf(high[from + k], low[from + k], close[from + k - 1]) - mean) / k;
  out[from + window] = mean;
  for (let i = from + window + 1; i < to; i++) {
    mean += alpha * (trueRangeOf(high[i], low[i], close[i - 1]) - mean);
    out[i] = mean;
  }
  // the prices that enter no true range are looked at here
  return mean + (high[from] + low[from] + close[to - 1]);
}

/**
 * Normalised average true range: 100 ATR / close; NaN at a close of 0. Lookback `window`. O(1) per bar. Source: TA-Lib
 * NATR.
 */
export const natr = defineIndicator({
  key: 'natr',
  description: 'average true range in percent of the close',
  inputs: ['high', 'low', 'close'],
  outputs: ['natr'],
  scale: PURE_NUMBER,
  parameters: { window: bars(14, 1, "length of Wilder's smoothing") },
  lookback: ({ window }) => window,
  recurrence: ({ window }) => recurrenceOf(window, (range, close) => (close === 0 ? NaN : 100 * (range / close))),
});
