import { requireThat } from '../../errors/invalid-input';
import { highestTie, isAtLeast, isBelow, lowestTie, PURE_NUMBER } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { lagSize, lagStep } from '../state/lag';
import { M2, rollingMomentsSize, rollingMomentsStep } from '../state/rolling-moments';

/**
 * Where today's volatility stands among the last `history` ones, itself included: percentile = share below plus half
 * the share equal; regime 0 below `low`, 2 from `high` on, else 1. The history is trailing, so no later bar is known.
 * Volatility is the sample standard deviation of `window` simple returns. O(history) per bar. Lookback window + history
 * - 1. Source: this project.
 */
export const volatilityRegime = defineIndicator({
  key: 'volatility_regime',
  description: 'where the volatility stands among its past: percentile 0 to 1, regime 0, 1 or 2',
  inputs: ['close'],
  outputs: ['percentile', 'regime'],
  scale: PURE_NUMBER,
  parameters: {
    window: bars(20, 2, 'number of returns of one volatility'),
    history: bars(252, 2, 'number of volatilities compared'),
    low: { default: 1 / 3, min: 0, max: 1, description: 'percentile below which the regime is 0' },
    high: { default: 2 / 3, min: 0, max: 1, description: 'percentile from which the regime is 2' },
  },
  check: ({ low, high }) => requireThat(low <= high, 'low', `at most high ${high}`, low),
  lookback: ({ window, history }) => window + history - 1,
  // [count, previous close, volatilities, moments of the returns]
  recurrence: ({ window, history, low, high }) => {
    const past = 2;
    const moments = past + lagSize(history);
    return {
      size: moments + rollingMomentsSize(window),
      step: (s, input, out) => {
        const change = input[0] / s[1] - 1;
        s[1] = input[0];
        const begun = s[0] > 0;
        s[0] = 1;
        if (!begun || !rollingMomentsStep(s, moments, window, change)) {
          // an undefined return empties the history too
          if (begun && change - change !== 0) s.fill(0, past, moments);
          out.fill(NaN);
          return;
        }
        const volatility = Math.sqrt(s[moments + M2] / (window - 1));
        lagStep(s, past, history, volatility);
        if (s[past] < history) {
          out.fill(NaN);
          return;
        }
        let below = 0;
        let equal = 0;
        const lowest = lowestTie(volatility, PURE_NUMBER);
        const highest = highestTie(volatility, PURE_NUMBER);
        for (let k = past + 2; k < moments; k++) {
          if (s[k] < lowest) below++;
          else if (s[k] <= highest) equal++;
        }
        const percentile = (below + 0.5 * equal) / history;
        out[0] = percentile;
        out[1] = isBelow(percentile, low, PURE_NUMBER) ? 0 : isAtLeast(percentile, high, PURE_NUMBER) ? 2 : 1;
      },
    };
  },
});
