import { WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';

/**
 * Floor pivots from the high H, low L and close C of the session before: pivot P = (H + L + C) / 3, r1 = 2P - L,
 * s1 = 2P - H, r2 = P + H - L, s2 = P - (H - L), r3 = r1 + H - L, s3 = s1 - (H - L). `value` is the session of the bar: any
 * number that changes when a session begins, such as the local day or the week. Nothing of the session under way is in
 * them; NaN in the first session, which begins where the series or what follows a gap does. Lookback 1, the least there
 * can be. O(1) per bar. Source: Person, A Complete Guide to Technical Trading Tactics (2004); no TA-Lib function.
 */
export const pivotPoints = defineIndicator({
  key: 'pivot_points',
  description: 'floor pivots from the session before; the column of choice tells the sessions apart',
  inputs: ['high', 'low', 'close', 'value'],
  outputs: ['pivot', 'r1', 's1', 'r2', 's2', 'r3', 's3'],
  scale: WITH_UNIT,
  parameters: {},
  lookback: () => 1,
  // [sessions begun, session, its high, low, close, then those of the session before]
  recurrence: () => ({
    size: 8,
    step: (s, input, out) => {
      if (s[0] === 0 || s[1] !== input[3]) {
        s[0] = Math.min(s[0] + 1, 2);
        s[1] = input[3];
        s.copyWithin(5, 2, 5);
        s[2] = input[0];
        s[3] = input[1];
      }
      s[2] = Math.max(s[2], input[0]);
      s[3] = Math.min(s[3], input[1]);
      s[4] = input[2];
      if (s[0] < 2) {
        out.fill(NaN);
        return;
      }
      const pivot = (s[5] + s[6] + s[7]) / 3;
      const range = s[5] - s[6];
      out[0] = pivot;
      out[1] = 2 * pivot - s[6];
      out[2] = 2 * pivot - s[5];
      out[3] = pivot + range;
      out[4] = pivot - range;
      out[5] = out[1] + range;
      out[6] = out[2] - range;
    },
  }),
});
