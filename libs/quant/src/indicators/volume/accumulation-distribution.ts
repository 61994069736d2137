import { WITH_UNIT } from '../../comparison/comparison';
import { requireThat } from '../../errors/invalid-input';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { exponentialMeanSize, exponentialMeanStep } from '../state/exponential-mean';

/** Volume x ((close - low) - (high - close)) / (high - low); 0 on a bar without range, which has no place for its close. */
function flowOf(input: Float64Array): number {
  const high = input[0];
  const low = input[1];
  const close = input[2];
  return high > low ? ((close - low - (high - close)) / (high - low)) * input[3] : 0;
}

/**
 * Accumulation/distribution line: the running sum of volume x ((close - low) - (high - close)) / (high - low); a bar
 * without range adds nothing, and a missing input is NaN on its bar only. Lookback 0. O(1) per bar. Source: Chaikin, TA-Lib AD.
 */
export const ad = defineIndicator({
  key: 'ad',
  description: 'accumulation/distribution line, in units of the volume',
  inputs: ['high', 'low', 'close', 'volume'],
  outputs: ['ad'],
  scale: WITH_UNIT,
  parameters: {},
  lookback: () => 0,
  cumulative: true,
  // [sum]
  recurrence: () => ({
    size: 1,
    step: (s, input, out) => {
      s[0] += flowOf(input);
      out[0] = s[0];
    },
  }),
});

/**
 * Chaikin oscillator: fast less slow exponential average of the accumulation/distribution line, both starting from its
 * first value, not from a mean. Lookback slow - 1. O(1) per bar. Source: Chaikin, TA-Lib ADOSC.
 */
export const adosc = defineIndicator({
  key: 'adosc',
  description: 'Chaikin oscillator of the accumulation/distribution line, in units of the volume',
  inputs: ['high', 'low', 'close', 'volume'],
  outputs: ['adosc'],
  scale: WITH_UNIT,
  parameters: { fast: bars(3, 2, 'length of the fast average'), slow: bars(10, 3, 'length of the slow average') },
  check: ({ fast, slow }) => requireThat(fast < slow, 'fast', `below slow ${slow}`, fast),
  lookback: ({ slow }) => slow - 1,
  // [count, sum, fast average, slow average]
  recurrence: ({ fast, slow }) => {
    const later = 2 + exponentialMeanSize;
    const fastAlpha = 2 / (fast + 1);
    const slowAlpha = 2 / (slow + 1);
    return {
      size: later + exponentialMeanSize,
      step: (s, input, out) => {
        s[0]++;
        s[1] += flowOf(input);
        const quick = exponentialMeanStep(s, 2, 1, fastAlpha, s[1]);
        const late = exponentialMeanStep(s, later, 1, slowAlpha, s[1]);
        out[0] = s[0] < slow ? NaN : quick - late;
      },
    };
  },
});
