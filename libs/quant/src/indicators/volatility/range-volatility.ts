import { PURE_NUMBER } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars, periodsPerYear } from '../parameters';
import { rollingMeanSize, rollingMeanStep } from '../state/rolling-mean';
import { M2, rollingMomentsSize, rollingMomentsStep } from '../state/rolling-moments';

/**
 * Parkinson volatility, annualised: sqrt(mean of ln(H / L)^2 / (4 ln 2) x periods_per_year) over `window` bars. A price
 * that is not positive leaves every window that holds it NaN. Lookback window - 1. O(1) per bar amortised. Source:
 * Parkinson (1980).
 */
export const parkinsonVolatility = defineIndicator({
  key: 'parkinson_volatility',
  description: 'annualised volatility from highs and lows (Parkinson)',
  inputs: ['high', 'low'],
  outputs: ['parkinson_volatility'],
  scale: PURE_NUMBER,
  parameters: { window: bars(20, 1, 'length of the window'), periods_per_year: periodsPerYear },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window, periods_per_year: year }) => {
    const factor = year / (4 * Math.LN2);
    return {
      size: rollingMeanSize(window),
      step: (s, input, out) => {
        const range = Math.log(input[0] / input[1]);
        out[0] = Math.sqrt(rollingMeanStep(s, 0, window, range * range) * factor);
      },
    };
  },
});

/**
 * Garman-Klass volatility, annualised: sqrt(mean of ln(H / L)^2 / 2 - (2 ln 2 - 1) ln(C / O)^2, at least 0, x
 * periods_per_year) over `window` bars. Lookback window - 1. O(1) per bar amortised. Source: Garman and Klass (1980).
 */
export const garmanKlassVolatility = defineIndicator({
  key: 'garman_klass_volatility',
  description: 'annualised volatility from the four prices (Garman and Klass)',
  inputs: ['open', 'high', 'low', 'close'],
  outputs: ['garman_klass_volatility'],
  scale: PURE_NUMBER,
  parameters: { window: bars(20, 1, 'length of the window'), periods_per_year: periodsPerYear },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window, periods_per_year: year }) => ({
    size: rollingMeanSize(window),
    step: (s, input, out) => {
      const range = Math.log(input[1] / input[2]);
      const body = Math.log(input[3] / input[0]);
      const mean = rollingMeanStep(s, 0, window, 0.5 * range * range - (2 * Math.LN2 - 1) * body * body);
      out[0] = mean < 0 ? 0 : Math.sqrt(mean * year);
    },
  }),
});

/**
 * Yang-Zhang volatility, annualised: sqrt((variance of the overnight log returns + k x variance of open to close + (1 -
 * k) x mean of the Rogers-Satchell term) x periods_per_year), k = 0.34 / (1.34 + (n + 1) / (n - 1)), sample variances.
 * Lookback `window`. O(1) per bar amortised. Source: Yang and Zhang (2000).
 */
export const yangZhangVolatility = defineIndicator({
  key: 'yang_zhang_volatility',
  description: 'annualised volatility with overnight moves (Yang and Zhang)',
  inputs: ['open', 'high', 'low', 'close'],
  outputs: ['yang_zhang_volatility'],
  scale: PURE_NUMBER,
  parameters: { window: bars(20, 2, 'length of the window'), periods_per_year: periodsPerYear },
  lookback: ({ window }) => window,
  // [count, previous close, moments overnight, moments open to close, mean Rogers-Satchell]
  recurrence: ({ window, periods_per_year: year }) => {
    const k = 0.34 / (1.34 + (window + 1) / (window - 1));
    const day = 2 + rollingMomentsSize(window);
    const inside = day + rollingMomentsSize(window);
    return {
      size: inside + rollingMeanSize(window),
      step: (s, input, out) => {
        const [open, high, low, close] = input;
        const overnight = Math.log(open / s[1]);
        s[1] = close;
        if (s[0] === 0) {
          s[0] = 1;
          out[0] = NaN;
          return;
        }
        const up = Math.log(high / open);
        const down = Math.log(low / open);
        const body = Math.log(close / open);
        const full = rollingMomentsStep(s, 2, window, overnight);
        const fullDay = rollingMomentsStep(s, day, window, body);
        const rogersSatchell = rollingMeanStep(s, inside, window, up * (up - body) + down * (down - body));
        if (!full || !fullDay) {
          out[0] = NaN;
          return;
        }
        const variance = (s[2 + M2] + k * s[day + M2]) / (window - 1) + (1 - k) * rogersSatchell;
        out[0] = variance < 0 ? 0 : Math.sqrt(variance * year);
      },
    };
  },
});
