import { PURE_NUMBER, WITH_UNIT } from '../../comparison/comparison';
import { requireThat } from '../../errors/invalid-input';
import { defineIndicator, type Recurrence } from '../define-indicator';
import type { Parameters, ParameterSpec } from '../indicator';
import { bars } from '../parameters';
import { exponentialMeanSize, exponentialMeanStep } from '../state/exponential-mean';
import { rollingMeanSize, rollingMeanStep } from '../state/rolling-mean';

const parameters: Readonly<Record<string, ParameterSpec>> = {
  fast: bars(12, 2, 'length of the fast average'),
  slow: bars(26, 3, 'length of the slow average'),
  average: { default: 0, min: 0, max: 1, integer: true, description: 'kind of both averages: 0 simple, 1 exponential' },
};

const check = ({ fast, slow }: Parameters): void => requireThat(fast < slow, 'fast', `below slow ${slow}`, fast);

/** The fast and the slow average; the exponential ones as the indicator `ema` has them. */
function averagesOf(params: Parameters, of: (fast: number, slow: number) => number): Recurrence {
  const { fast, slow, average } = params;
  if (average === 0) {
    const second = rollingMeanSize(fast);
    return {
      size: second + rollingMeanSize(slow),
      step: (s, input, out) => {
        const quick = rollingMeanStep(s, 0, fast, input[0]);
        out[0] = of(quick, rollingMeanStep(s, second, slow, input[0]));
      },
    };
  }
  const [fastAlpha, slowAlpha] = [2 / (fast + 1), 2 / (slow + 1)];
  return {
    size: 2 * exponentialMeanSize,
    step: (s, input, out) => {
      const quick = exponentialMeanStep(s, 0, fast, fastAlpha, input[0]);
      out[0] = of(quick, exponentialMeanStep(s, exponentialMeanSize, slow, slowAlpha, input[0]));
    },
  };
}

/**
 * Absolute price oscillator: fast average - slow average, both simple unless `average` is 1. Unlike in `macd`, the fast
 * exponential average has its seed on its own first bars. Lookback slow - 1. O(1) per bar amortised. Source: TA-Lib APO.
 */
export const apo = defineIndicator({
  key: 'apo',
  description: 'absolute price oscillator: fast average less slow average',
  inputs: ['close'],
  outputs: ['apo'],
  scale: WITH_UNIT,
  parameters,
  check,
  lookback: ({ slow }) => slow - 1,
  recurrence: (params) => averagesOf(params, (fast, slow) => fast - slow),
});

/**
 * Percentage price oscillator: 100 (fast average - slow average) / slow average, both simple unless `average` is 1; NaN
 * where the slow average is 0 (TA-Lib says 0). Lookback slow - 1. O(1) per bar amortised. Source: TA-Lib PPO.
 */
export const ppo = defineIndicator({
  key: 'ppo',
  description: 'percentage price oscillator: fast average less slow average, in percent of the slow one',
  inputs: ['close'],
  outputs: ['ppo'],
  scale: PURE_NUMBER,
  parameters,
  check,
  lookback: ({ slow }) => slow - 1,
  recurrence: (params) => averagesOf(params, (fast, slow) => (slow === 0 ? NaN : 100 * ((fast - slow) / slow))),
});
