import { highestTie, lowestTie, PURE_NUMBER, WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { lagSize, lagStep } from '../state/lag';

/**
 * Where the newest value stands in its window, itself included: share of values below plus half the share equal, above 0
 * and below 1; values that differ by rounding only are equal. O(window) per bar. Lookback window - 1. Source: the mid-rank
 * of the empirical distribution (Hazen plotting position).
 */
export const rollingRank = defineIndicator({
  key: 'rolling_rank',
  description: 'where the value stands in its window, from 0 to 1',
  inputs: ['close'],
  outputs: ['rolling_rank'],
  scale: PURE_NUMBER,
  parameters: { window: bars(60, 2, 'length of the window') },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window }) => ({
    size: lagSize(window),
    step: (s, input, out) => {
      const x = input[0];
      lagStep(s, 0, window, x);
      if (s[0] < window) {
        out[0] = NaN;
        return;
      }
      const [lowest, highest] = [lowestTie(x, WITH_UNIT), highestTie(x, WITH_UNIT)];
      let below = 0;
      let equal = 0;
      for (let k = 2; k < window + 2; k++) {
        if (s[k] < lowest) below++;
        else if (s[k] <= highest) equal++;
      }
      out[0] = (below + 0.5 * equal) / window;
    },
  }),
});
