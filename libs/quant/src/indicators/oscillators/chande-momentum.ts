import { PURE_NUMBER } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { wilderMoves } from './relative-strength';

/**
 * Chande momentum oscillator: 100 (gain - loss) / (gain + loss), both smoothed as in `rsi` (alpha = 1 / window, seeded
 * with their simple means), so 2 rsi - 100; NaN while no price has moved (TA-Lib says 0). Chande's own has plain sums.
 * Lookback `window`. O(1) per bar. Source: TA-Lib CMO without unstable period.
 */
export const cmo = defineIndicator({
  key: 'cmo',
  description: 'Chande momentum oscillator, -100 to 100',
  inputs: ['close'],
  outputs: ['cmo'],
  scale: PURE_NUMBER,
  parameters: { window: bars(14, 2, "length of Wilder's smoothing") },
  lookback: ({ window }) => window,
  recurrence: ({ window }) => wilderMoves(window, (gain, loss) => 100 * ((gain - loss) / (gain + loss))),
});
