import { PURE_NUMBER } from '../../comparison/comparison';
import { requireThat } from '../../errors/invalid-input';
import { filterLast, filterStep, fitGaussianHmm } from '../../regimes/gaussian-hmm';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { lagSize, lagStep } from '../state/lag';

/** Numbers of a model in the state: start, stay, mean, variance, two each. */
const MODEL = 8;
const LAST = 0;
const RETURNS = 1;
const SINCE_FIT = 2;
const PROBABILITY = 3;
const FITTED = 4;
const FIRST = 5;

/**
 * Probability that the market is in the turbulent one of two regimes, and the regime, 1 from one half on: a hidden Markov model of two
 * normal states over simple returns. It is fitted to the returns up to a bar, `warm_up` of them at first and `window` at most, and again
 * every `every` bars; the probability is the filtered one, of the values up to the bar alone, never the smoothed one. NaN until the first
 * fit, and while the returns of a fit do not move. O(window x iterations / every) per bar. Lookback warm_up. Source: Hamilton (1989);
 * Baum et al. (1970).
 */
export const hmmRegime = defineIndicator({
  key: 'hmm_regime',
  description: 'two-state hidden Markov model of the returns, fitted in the past: probability and state of turbulence',
  inputs: ['close'],
  outputs: ['probability', 'state'],
  scale: PURE_NUMBER,
  parameters: {
    window: bars(504, 20, 'most returns of a fit', 5_000),
    warm_up: bars(252, 20, 'returns of the first fit', 5_000),
    every: bars(21, 1, 'distance of fits'),
    iterations: { default: 25, min: 1, max: 200, integer: true, description: 'steps of a fit' },
  },
  check: ({ window, warm_up: warmUp }) => requireThat(warmUp <= window, 'warm_up', `at most window ${window}`, warmUp),
  lookback: ({ warm_up: warmUp }) => warmUp,
  // [previous close, returns seen, bars since the fit, probability, whether there is a model, model, ring of returns]
  recurrence: ({ window, warm_up: warmUp, every, iterations }) => {
    const ring = FIRST + MODEL;
    const returns = new Float64Array(window);
    const model = {
      start: new Float64Array(2),
      stay: new Float64Array(2),
      mean: new Float64Array(2),
      variance: new Float64Array(2),
    };
    const fields = [model.start, model.stay, model.mean, model.variance];
    const fit = (s: Float64Array): void => {
      const count = s[ring];
      // oldest first: a ring that is full begins at its head
      const head = count < window ? 0 : s[ring + 1];
      for (let k = 0; k < count; k++) returns[k] = s[ring + 2 + ((head + k) % window)];
      const values = returns.subarray(0, count);
      const fitted = fitGaussianHmm(values, iterations);
      s[SINCE_FIT] = 0;
      s[FITTED] = fitted ? 1 : 0;
      s[PROBABILITY] = fitted ? filterLast(fitted, values) : 0;
      if (fitted)
        [fitted.start, fitted.stay, fitted.mean, fitted.variance].forEach((pair, f) => s.set(pair, FIRST + 2 * f));
    };
    return {
      size: ring + lagSize(window),
      step: (s, input, out) => {
        const change = input[0] / s[LAST] - 1;
        s[LAST] = input[0];
        out.fill(NaN);
        s[RETURNS]++;
        if (s[RETURNS] === 1) return;
        if (change - change !== 0) {
          // an undefined return begins anew
          s.fill(0, RETURNS);
          s[RETURNS] = 1;
          return;
        }
        lagStep(s, ring, window, change);
        if (s[ring] < warmUp) return;
        s[SINCE_FIT]++;
        if (s[RETURNS] === warmUp + 1 || s[SINCE_FIT] >= every) fit(s);
        else if (s[FITTED] > 0) {
          fields.forEach((pair, f) => pair.set(s.subarray(FIRST + 2 * f, FIRST + 2 * f + 2)));
          s[PROBABILITY] = filterStep(model, s[PROBABILITY], change);
        }
        if (s[FITTED] === 0) return;
        out[0] = s[PROBABILITY];
        out[1] = s[PROBABILITY] >= 0.5 ? 1 : 0;
      },
    };
  },
});
