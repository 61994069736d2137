import { PURE_NUMBER, WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { lagSize, lagStep } from '../state/lag';

/** The value `window` bars ago. Lookback `window`. O(1) per bar. Source: pandas `shift`. */
export const lag = defineIndicator({
  key: 'lag',
  description: 'the value so many bars ago',
  inputs: ['close'],
  outputs: ['lag'],
  scale: WITH_UNIT,
  parameters: { window: bars(1, 1, 'distance') },
  lookback: ({ window }) => window,
  recurrence: ({ window }) => ({
    size: lagSize(window),
    step: (s, input, out) => {
      out[0] = lagStep(s, 0, window, input[0]);
    },
  }),
  kernel:
    ({ window }) =>
    ([x], from, to, [out]) => {
      for (let i = from + window; i < to; i++) out[i] = x[i - window];
    },
});

/** The value over the one `window` bars ago, x_t / x_(t - window); NaN from a base of 0. Lookback `window`. O(1) per bar. Source: TA-Lib ROCR. */
export const ratio = defineIndicator({
  key: 'ratio',
  description: 'the value over the one so many bars ago',
  inputs: ['close'],
  outputs: ['ratio'],
  scale: PURE_NUMBER,
  parameters: { window: bars(1, 1, 'distance') },
  lookback: ({ window }) => window,
  recurrence: ({ window }) => ({
    size: lagSize(window),
    step: (s, input, out) => {
      const base = lagStep(s, 0, window, input[0]);
      out[0] = base === 0 ? NaN : input[0] / base;
    },
  }),
  kernel:
    ({ window }) =>
    ([x], from, to, [out]) => {
      for (let i = from + window; i < to; i++) out[i] = x[i - window] === 0 ? NaN : x[i] / x[i - window];
    },
});
