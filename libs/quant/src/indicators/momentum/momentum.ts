import { PURE_NUMBER, WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { lagSize, lagStep } from '../state/lag';

/** Momentum: x_t - x_(t - window). Lookback `window`. O(1) per bar. Source: TA-Lib MOM. */
export const momentum = defineIndicator({
  key: 'momentum',
  description: 'difference to the value so many bars ago',
  inputs: ['close'],
  outputs: ['momentum'],
  scale: WITH_UNIT,
  parameters: { window: bars(10, 1, 'distance') },
  lookback: ({ window }) => window,
  recurrence: ({ window }) => ({
    size: lagSize(window),
    step: (s, input, out) => {
      out[0] = input[0] - lagStep(s, 0, window, input[0]);
    },
  }),
  kernel:
    ({ window }) =>
    ([x], from, to, [out]) => {
      for (let i = from + window; i < to; i++) out[i] = x[i] - x[i - window];
    },
});

/**
 * Rate of change in percent: 100 (x_t / x_(t - window) - 1); NaN from a base of 0. Lookback `window`. O(1) per bar.
 * Source: TA-Lib ROC.
 */
export const roc = defineIndicator({
  key: 'roc',
  description: 'rate of change over the window, in percent',
  inputs: ['close'],
  outputs: ['roc'],
  scale: PURE_NUMBER,
  parameters: { window: bars(10, 1, 'distance') },
  lookback: ({ window }) => window,
  recurrence: ({ window }) => ({
    size: lagSize(window),
    step: (s, input, out) => {
      const base = lagStep(s, 0, window, input[0]);
      out[0] = base === 0 ? NaN : 100 * (input[0] / base - 1);
    },
  }),
  kernel:
    ({ window }) =>
    ([x], from, to, [out]) => {
      for (let i = from + window; i < to; i++) {
        const base = x[i - window];
        out[i] = base === 0 ? NaN : 100 * (x[i] / base - 1);
      }
    },
});
