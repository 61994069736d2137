import { PURE_NUMBER } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { exponentialMeanSize, exponentialMeanStep } from '../state/exponential-mean';
import { rollingExtremeSize, rollingMaximumStep, rollingMinimumStep } from '../state/rolling-extreme';
import { rollingMeanSize, rollingMeanStep } from '../state/rolling-mean';
import { relativeStrength } from './relative-strength';

const rangeSize = (window: number): number => 2 * rollingExtremeSize(window);

/** While the price rests both smoothed means shrink alike and the RSI moves by rounding only; 0 to 100 of that would be noise. */
const RSI_NOISE = 1e-9;

/** Position of `close` in the range of the last `window` bars, 0 to 100; NaN while not full or without range beyond `noise`. */
function rangePositionStep(
  s: Float64Array,
  o: number,
  window: number,
  high: number,
  low: number,
  close: number,
  noise = 0,
): number {
  const highest = rollingMaximumStep(s, o, window, high);
  const lowest = rollingMinimumStep(s, o + rollingExtremeSize(window), window, low);
  const range = highest - lowest;
  return range > noise ? 100 * ((close - lowest) / range) : NaN;
}

/**
 * Slow stochastic: slow_k = mean of %K, slow_d = mean of slow_k, %K = 100 (C - LL) / (HH - LL). A window without range
 * has no %K. Lookback fast_k + slow_k + slow_d - 3. O(1) per bar amortised. Source: TA-Lib STOCH with simple means.
 */
export const stochastic = defineIndicator({
  key: 'stochastic',
  description: 'slow stochastic oscillator, 0 to 100',
  inputs: ['high', 'low', 'close'],
  outputs: ['slow_k', 'slow_d'],
  scale: PURE_NUMBER,
  parameters: {
    fast_k: bars(5, 1, 'length of the range'),
    slow_k: bars(3, 1, 'length of the first mean'),
    slow_d: bars(3, 1, 'length of the second mean'),
  },
  lookback: ({ fast_k, slow_k, slow_d }) => fast_k + slow_k + slow_d - 3,
  recurrence: ({ fast_k: range, slow_k: first, slow_d: second }) => {
    const firstMean = rangeSize(range);
    const secondMean = firstMean + rollingMeanSize(first);
    return {
      size: secondMean + rollingMeanSize(second),
      step: (s, input, out) => {
        const k = rangePositionStep(s, 0, range, input[0], input[1], input[2]);
        const slowK = rollingMeanStep(s, firstMean, first, k);
        const slowD = rollingMeanStep(s, secondMean, second, slowK);
        out[0] = slowD === slowD ? slowK : NaN;
        out[1] = slowD;
      },
    };
  },
});

/**
 * Fast stochastic: fast_k = %K, fast_d = its mean. A window without range has no %K. Lookback fast_k + fast_d - 2. O(1)
 * per bar amortised. Source: TA-Lib STOCHF with simple means.
 */
export const stochasticFast = defineIndicator({
  key: 'stochastic_fast',
  description: 'fast stochastic oscillator, 0 to 100',
  inputs: ['high', 'low', 'close'],
  outputs: ['fast_k', 'fast_d'],
  scale: PURE_NUMBER,
  parameters: { fast_k: bars(5, 1, 'length of the range'), fast_d: bars(3, 1, 'length of the mean') },
  lookback: ({ fast_k, fast_d }) => fast_k + fast_d - 2,
  recurrence: ({ fast_k: range, fast_d: length }) => {
    const mean = rangeSize(range);
    return {
      size: mean + rollingMeanSize(length),
      step: (s, input, out) => {
        const k = rangePositionStep(s, 0, range, input[0], input[1], input[2]);
        const d = rollingMeanStep(s, mean, length, k);
        out[0] = d === d ? k : NaN;
        out[1] = d;
      },
    };
  },
});

/**
 * Stochastic of Wilder's RSI: the fast stochastic with the RSI in place of high, low and close. Lookback window +
 * fast_k + fast_d - 2. O(1) per bar amortised. Source: TA-Lib STOCHRSI with simple means.
 */
export const stochasticRsi = defineIndicator({
  key: 'stochastic_rsi',
  description: "fast stochastic of Wilder's relative strength index, 0 to 100",
  inputs: ['close'],
  outputs: ['fast_k', 'fast_d'],
  scale: PURE_NUMBER,
  parameters: {
    window: bars(14, 2, 'length of the RSI'),
    fast_k: bars(5, 2, 'length of the range'),
    fast_d: bars(3, 1, 'length of the mean'),
  },
  lookback: ({ window, fast_k, fast_d }) => window + fast_k + fast_d - 2,
  // [count, previous close, mean gain, mean loss, range, mean]
  recurrence: ({ window, fast_k: range, fast_d: length }) => {
    const alpha = 1 / window;
    const losses = 2 + exponentialMeanSize;
    const extremes = losses + exponentialMeanSize;
    const mean = extremes + rangeSize(range);
    return {
      size: mean + rollingMeanSize(length),
      step: (s, input, out) => {
        const change = input[0] - s[1];
        s[1] = input[0];
        if (s[0] === 0) {
          s[0] = 1;
          out.fill(NaN);
          return;
        }
        const gain = exponentialMeanStep(s, 2, window, alpha, change > 0 ? change : 0);
        const loss = exponentialMeanStep(s, losses, window, alpha, change < 0 ? -change : 0);
        const rsi = relativeStrength(gain, loss);
        const k = rangePositionStep(s, extremes, range, rsi, rsi, rsi, RSI_NOISE);
        const d = rollingMeanStep(s, mean, length, k);
        out[0] = d === d ? k : NaN;
        out[1] = d;
      },
    };
  },
});
