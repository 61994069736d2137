import { WITH_UNIT } from '../../comparison/comparison';
import { requireThat } from '../../errors/invalid-input';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { exponentialMeanSize, exponentialMeanStep, seedMean } from '../state/exponential-mean';

/**
 * Moving average convergence divergence: macd = EMA(fast) - EMA(slow), signal = EMA of macd, histogram = macd - signal.
 * The fast average starts at bar slow - fast, so that both have their seed on the same bar; all outputs start together.
 * Lookback slow + signal - 2. O(1) per bar. Source: TA-Lib MACD.
 */
export const macd = defineIndicator({
  key: 'macd',
  description: 'moving average convergence divergence',
  inputs: ['close'],
  outputs: ['macd', 'signal', 'histogram'],
  scale: WITH_UNIT,
  parameters: {
    fast: bars(12, 1, 'length of the fast average'),
    slow: bars(26, 2, 'length of the slow average'),
    signal: bars(9, 1, 'length of the signal average'),
  },
  check: ({ fast, slow }) => requireThat(fast < slow, 'fast', `below slow ${slow}`, fast),
  lookback: ({ slow, signal }) => slow + signal - 2,
  // [count, fast average, slow average, signal average]
  recurrence: ({ fast, slow, signal }) => {
    const fastAlpha = 2 / (fast + 1);
    const slowAlpha = 2 / (slow + 1);
    const signalAlpha = 2 / (signal + 1);
    return {
      size: 1 + 3 * exponentialMeanSize,
      step: (s, input, out) => {
        const quick = s[0] < slow - fast ? NaN : exponentialMeanStep(s, 1, fast, fastAlpha, input[0]);
        const late = exponentialMeanStep(s, 1 + exponentialMeanSize, slow, slowAlpha, input[0]);
        s[0]++;
        const line = quick - late;
        const smooth = exponentialMeanStep(s, 1 + 2 * exponentialMeanSize, signal, signalAlpha, line);
        // the line waits for its signal
        out[0] = smooth === smooth ? line : NaN;
        out[1] = smooth;
        out[2] = line - smooth;
      },
    };
  },
  probes: true,
  kernel:
    ({ fast, slow, signal }) =>
    ([x], from, to, [line, smooth, histogram]) => {
      const fastAlpha = 2 / (fast + 1);
      const slowAlpha = 2 / (slow + 1);
      const signalAlpha = 2 / (signal + 1);
      let quick = seedMean(x, from + slow - fast, fast);
      let late = seedMean(x, from, slow);
      let i = from + slow - 1;
      let mean = quick - late;
      for (let k = 2; k <= signal; k++) {
        i++;
        quick += fastAlpha * (x[i] - quick);
        late += slowAlpha * (x[i] - late);
        mean += (quick - late - mean) / k;
      }
      line[i] = quick - late;
      smooth[i] = mean;
      histogram[i] = quick - late - mean;
      for (i++; i < to; i++) {
        quick += fastAlpha * (x[i] - quick);
        late += slowAlpha * (x[i] - late);
        const value = quick - late;
        mean += signalAlpha * (value - mean);
        line[i] = value;
        smooth[i] = mean;
        histogram[i] = value - mean;
      }
      // the slow average has taken every input
      return late;
    },
});
