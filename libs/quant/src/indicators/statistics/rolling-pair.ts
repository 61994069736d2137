import { PURE_NUMBER } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { MXX, MXY, MYY, rollingComomentsSize, rollingComomentsStep } from '../state/rolling-comoments';

/**
 * Pearson correlation of the close with a second series over the last `window` bars, kept within -1 and 1; NaN when
 * either is constant in the window. Lookback window - 1. O(1) per bar amortised. Source: TA-Lib CORREL.
 */
export const rollingCorrelation = defineIndicator({
  key: 'rolling_correlation',
  description: 'correlation of the close with a second column, -1 to 1',
  inputs: ['close', 'value'],
  outputs: ['rolling_correlation'],
  scale: PURE_NUMBER,
  parameters: { window: bars(30, 2, 'length of the window') },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window }) => ({
    size: rollingComomentsSize(window),
    step: (s, input, out) => {
      const full = rollingComomentsStep(s, 0, window, input[0], input[1]) && s[MXX] > 0 && s[MYY] > 0;
      out[0] = full ? Math.max(-1, Math.min(1, s[MXY] / (Math.sqrt(s[MXX]) * Math.sqrt(s[MYY])))) : NaN;
    },
  }),
});

/**
 * Beta of the close to a benchmark in `value`: covariance of the simple returns / variance of the benchmark's, over the
 * last `window` returns; NaN when the benchmark's are all equal. Lookback `window`. O(1) per bar amortised. Source:
 * TA-Lib BETA with the benchmark as first series.
 */
export const rollingBeta = defineIndicator({
  key: 'rolling_beta',
  description: 'beta of the close to a benchmark in a second column',
  inputs: ['close', 'value'],
  outputs: ['rolling_beta'],
  scale: PURE_NUMBER,
  parameters: { window: bars(60, 2, 'number of returns') },
  lookback: ({ window }) => window,
  // [count, previous close, previous benchmark, moments]
  recurrence: ({ window }) => ({
    size: 3 + rollingComomentsSize(window),
    step: (s, input, out) => {
      const own = input[0] / s[1] - 1;
      const market = input[1] / s[2] - 1;
      s[1] = input[0];
      s[2] = input[1];
      if (s[0] === 0) {
        s[0] = 1;
        out[0] = NaN;
        return;
      }
      const full = rollingComomentsStep(s, 3, window, market, own) && s[3 + MXX] > 0;
      out[0] = full ? s[3 + MXY] / s[3 + MXX] : NaN;
    },
  }),
});
