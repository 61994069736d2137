import { WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { rollingMeanSize, rollingMeanStep } from '../state/rolling-mean';

/**
 * Volume-weighted average of the typical price (H + L + C) / 3 over the last `window` bars; NaN where nothing was
 * traded in them. Lookback window - 1. O(1) per bar amortised. Source: Berkowitz, Logue and Noser (1988).
 */
export const vwapRolling = defineIndicator({
  key: 'vwap_rolling',
  description: 'volume-weighted average price of the window',
  inputs: ['high', 'low', 'close', 'volume'],
  outputs: ['vwap_rolling'],
  scale: WITH_UNIT,
  parameters: { window: bars(20, 1, 'length of the window') },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window }) => {
    const volume = rollingMeanSize(window);
    return {
      size: 2 * volume,
      step: (s, input, out) => {
        const typical = (input[0] + input[1] + input[2]) / 3;
        const turnover = rollingMeanStep(s, 0, window, typical * input[3]);
        const traded = rollingMeanStep(s, volume, window, input[3]);
        out[0] = traded > 0 ? turnover / traded : NaN;
      },
    };
  },
});

/**
 * Volume-weighted average of the typical price (H + L + C) / 3 since the session began; NaN until something was traded
 * in it. `value` is the session of the bar: any number that changes when a session begins, such as the local day.
 * Lookback 0. O(1) per bar. Source: Berkowitz, Logue and Noser (1988).
 */
export const vwapSession = defineIndicator({
  key: 'vwap_session',
  description: 'volume-weighted average price since the session began; the column of choice tells the sessions apart',
  inputs: ['high', 'low', 'close', 'volume', 'value'],
  outputs: ['vwap_session'],
  scale: WITH_UNIT,
  parameters: {},
  lookback: () => 0,
  // [count, session, turnover, volume]
  recurrence: () => ({
    size: 4,
    step: (s, input, out) => {
      if (s[0] === 0 || s[1] !== input[4]) {
        s[0] = 1;
        s[1] = input[4];
        s[2] = 0;
        s[3] = 0;
      }
      s[2] += ((input[0] + input[1] + input[2]) / 3) * input[3];
      s[3] += input[3];
      out[0] = s[3] > 0 ? s[2] / s[3] : NaN;
    },
  }),
});
