import { TIE } from '../../comparison/comparison';
import { formula } from './formulas';

/** What running sums add up: moves of prices and volumes with their signs, 0 where nothing counts; columns without gaps. */

/** The rise of the high where it is the larger move, as `directional-movement` has it. */
export const riseOfHigh = formula(
  'riseOfHigh',
  ([highs, lows], target, from, to) => {
    const { values: high, shift: sh } = highs;
    const { values: low, shift: sl } = lows;
    const { values: out, shift } = target;
    if (from === 0) out[shift] = 0;
    for (let i = Math.max(from, 1); i < to; i++) {
      const up = high[i + sh] - high[i - 1 + sh];
      const before = high[i - 1 + sh] + low[i - 1 + sl];
      // `isAbove` of a quantity with unit
      const above = high[i + sh] + low[i + sl] > before + TIE * Math.abs(before);
      out[i + shift] = up > 0 && above ? up : 0;
    }
  },
  {
    operands: [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ],
  },
);

/** The fall of the low where it is the larger move. */
export const fallOfLow = formula(
  'fallOfLow',
  ([highs, lows], target, from, to) => {
    const { values: high, shift: sh } = highs;
    const { values: low, shift: sl } = lows;
    const { values: out, shift } = target;
    if (from === 0) out[shift] = 0;
    for (let i = Math.max(from, 1); i < to; i++) {
      const down = low[i - 1 + sl] - low[i + sl];
      const before = high[i - 1 + sh] + low[i - 1 + sl];
      // `isBelow` of a quantity with unit
      const below = high[i + sh] + low[i + sl] < before - TIE * Math.abs(before);
      out[i + shift] = down > 0 && below ? down : 0;
    }
  },
  {
    operands: [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ],
  },
);

/** The volume with the sign of the move of the close, as `obv` has it; the first as it is. */
export const signedVolume = formula(
  'signedVolume',
  ([closes, volumes], target, from, to) => {
    const { values: close, shift: sc } = closes;
    const { values: volume, shift: sv } = volumes;
    const { values: out, shift } = target;
    if (from === 0) out[shift] = volume[sv];
    for (let i = Math.max(from, 1); i < to; i++) {
      const before = close[i - 1 + sc];
      const slack = TIE * Math.abs(before);
      const now = close[i + sc];
      out[i + shift] = now > before + slack ? volume[i + sv] : now < before - slack ? -volume[i + sv] : 0;
    }
  },
  {
    operands: [
      [0, 0],
      [0, 1],
      [1, 0],
    ],
  },
);

/** The volume times the place of the close in the range, from -1 to 1, as `ad` has it. */
export const moneyFlow = formula('moneyFlow', ([highs, lows, closes, volumes], target, from, to) => {
  const { values: highest, shift: sh } = highs;
  const { values: lowest, shift: sl } = lows;
  const { values: closing, shift: sc } = closes;
  const { values: volume, shift: sv } = volumes;
  const { values: out, shift } = target;
  for (let i = from; i < to; i++) {
    const high = highest[i + sh];
    const low = lowest[i + sl];
    const close = closing[i + sc];
    out[i + shift] = high > low ? ((close - low - (high - close)) / (high - low)) * volume[i + sv] : 0;
  }
});
