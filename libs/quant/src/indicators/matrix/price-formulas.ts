import { trueRangeOf } from '../volatility/true-range';
import { type Formula, formula } from './formulas';

/** The value less the one `window` bars ago. */
export const differenceOver = (window: number): Formula =>
  formula(
    'difference',
    ([xs], target, from, to) => {
      const { values: x, shift: sx } = xs;
      const { values: out, shift } = target;
      for (let i = from; i < Math.min(to, window); i++) out[i + shift] = NaN;
      for (let i = Math.max(from, window); i < to; i++) {
        out[i + shift] = x[i + sx] - x[i - window + sx];
      }
    },
    {
      operands: [
        [0, 0],
        [0, window],
      ],
    },
  );

export const changeOver = (window: number): Formula =>
  formula(
    'percentChange',
    ([xs], target, from, to) => {
      const { values: x, shift: sx } = xs;
      const { values: out, shift } = target;
      for (let i = from; i < Math.min(to, window); i++) out[i + shift] = NaN;
      for (let i = Math.max(from, window); i < to; i++) {
        const base = x[i - window + sx];
        out[i + shift] = base === 0 ? NaN : 100 * (x[i + sx] / base - 1);
      }
    },
    {
      operands: [
        [0, 0],
        [0, window],
      ],
    },
  );

export const ratioOver = (window: number): Formula =>
  formula(
    'ratio',
    ([xs], target, from, to) => {
      const { values: x, shift: sx } = xs;
      const { values: out, shift } = target;
      for (let i = from; i < Math.min(to, window); i++) out[i + shift] = NaN;
      for (let i = Math.max(from, window); i < to; i++) {
        out[i + shift] = x[i - window + sx] === 0 ? NaN : x[i + sx] / x[i - window + sx];
      }
    },
    {
      operands: [
        [0, 0],
        [0, window],
      ],
    },
  );

/** Simple return; a base of 0 leaves it undefined. */
export const simpleReturn = formula(
  'simpleReturn',
  ([xs], target, from, to) => {
    const { values: x, shift: sx } = xs;
    const { values: out, shift } = target;
    for (let i = from; i < Math.min(to, 1); i++) out[i + shift] = NaN;
    for (let i = Math.max(from, 1); i < to; i++) {
      out[i + shift] = x[i + sx] / x[i - 1 + sx] - 1;
    }
  },
  {
    operands: [
      [0, 0],
      [0, 1],
    ],
  },
);

/** Half the sum of a change and its size is the rise or exactly 0. */
export const rise = formula(
  'rise',
  ([xs], target, from, to) => {
    const { values: x, shift: sx } = xs;
    const { values: out, shift } = target;
    for (let i = from; i < Math.min(to, 1); i++) out[i + shift] = NaN;
    for (let i = Math.max(from, 1); i < to; i++) {
      const change = x[i + sx] - x[i - 1 + sx];
      out[i + shift] = 0.5 * (Math.abs(change) + change);
    }
  },
  {
    operands: [
      [0, 0],
      [0, 1],
    ],
  },
);

export const fall = formula(
  'fall',
  ([xs], target, from, to) => {
    const { values: x, shift: sx } = xs;
    const { values: out, shift } = target;
    for (let i = from; i < Math.min(to, 1); i++) out[i + shift] = NaN;
    for (let i = Math.max(from, 1); i < to; i++) {
      const change = x[i + sx] - x[i - 1 + sx];
      out[i + shift] = 0.5 * (Math.abs(change) - change);
    }
  },
  {
    operands: [
      [0, 0],
      [0, 1],
    ],
  },
);

export const trueRangeFormula = formula(
  'trueRange',
  ([highs, lows, closes], target, from, to) => {
    const { values: high, shift: shigh } = highs;
    const { values: low, shift: slow } = lows;
    const { values: close, shift: sclose } = closes;
    const { values: out, shift } = target;
    for (let i = from; i < Math.min(to, 1); i++) out[i + shift] = NaN;
    for (let i = Math.max(from, 1); i < to; i++) {
      out[i + shift] = trueRangeOf(high[i + shigh], low[i + slow], close[i - 1 + sclose]);
    }
  },
  {
    operands: [
      [0, 0],
      [1, 0],
      [2, 1],
    ],
  },
);

export const turnover = formula('turnover', ([highs, lows, closes, volumes], target, from, to) => {
  const { values: high, shift: shigh } = highs;
  const { values: low, shift: slow } = lows;
  const { values: close, shift: sclose } = closes;
  const { values: volume, shift: svolume } = volumes;
  const { values: out, shift } = target;
  for (let i = from; i < to; i++) {
    out[i + shift] = ((high[i + shigh] + low[i + slow] + close[i + sclose]) / 3) * volume[i + svolume];
  }
});

export const bodyOverRange = formula('bodyOverRange', ([opens, highs, lows, closes], target, from, to) => {
  const { values: open, shift: sopen } = opens;
  const { values: high, shift: shigh } = highs;
  const { values: low, shift: slow } = lows;
  const { values: close, shift: sclose } = closes;
  const { values: out, shift } = target;
  for (let i = from; i < to; i++) {
    out[i + shift] =
      high[i + shigh] > low[i + slow] ? (close[i + sclose] - open[i + sopen]) / (high[i + shigh] - low[i + slow]) : NaN;
  }
});

/** Place of the close in a range, 0 to 100. */
export const rangePosition = formula('rangePosition', ([highests, lowests, closes], target, from, to) => {
  const { values: highest, shift: shighest } = highests;
  const { values: lowest, shift: slowest } = lowests;
  const { values: close, shift: sclose } = closes;
  const { values: out, shift } = target;
  for (let i = from; i < to; i++) {
    const range = highest[i + shighest] - lowest[i + slowest];
    out[i + shift] = range > 0 ? 100 * ((close[i + sclose] - lowest[i + slowest]) / range) : NaN;
  }
});

export const belowHighest = formula('belowHighest', ([highests, lowests, closes], target, from, to) => {
  const { values: highest, shift: shighest } = highests;
  const { values: lowest, shift: slowest } = lowests;
  const { values: close, shift: sclose } = closes;
  const { values: out, shift } = target;
  for (let i = from; i < to; i++) {
    out[i + shift] =
      -100 * ((highest[i + shighest] - close[i + sclose]) / (highest[i + shighest] - lowest[i + slowest]));
  }
});
