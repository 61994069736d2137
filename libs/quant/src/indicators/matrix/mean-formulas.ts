import { type Formula, formula } from './formulas';

export const difference = formula('difference', ([as, bs], target, from, to) => {
  const { values: a, shift: sa } = as;
  const { values: b, shift: sb } = bs;
  const { values: out, shift } = target;
  for (let i = from; i < to; i++) {
    out[i + shift] = a[i + sa] - b[i + sb];
  }
});

export const percentDifference = formula('percentDifference', ([as, bs], target, from, to) => {
  const { values: a, shift: sa } = as;
  const { values: b, shift: sb } = bs;
  const { values: out, shift } = target;
  for (let i = from; i < to; i++) {
    out[i + shift] = b[i + sb] === 0 ? NaN : 100 * ((a[i + sa] - b[i + sb]) / b[i + sb]);
  }
});

export const quotient = formula('quotient', ([as, bs], target, from, to) => {
  const { values: a, shift: sa } = as;
  const { values: b, shift: sb } = bs;
  const { values: out, shift } = target;
  for (let i = from; i < to; i++) {
    out[i + shift] = b[i + sb] > 0 ? a[i + sa] / b[i + sb] : NaN;
  }
});

export const middle = formula('middle', ([as, bs], target, from, to) => {
  const { values: a, shift: sa } = as;
  const { values: b, shift: sb } = bs;
  const { values: out, shift } = target;
  for (let i = from; i < to; i++) {
    out[i + shift] = (a[i + sa] + b[i + sb]) / 2;
  }
});

export const times = (factor: number): Formula =>
  formula(
    'times',
    ([as], target, from, to) => {
      const { values: a, shift: sa } = as;
      const { values: out, shift } = target;
      for (let i = from; i < to; i++) {
        out[i + shift] = a[i + sa] * factor;
      }
    },
    { numbers: [factor] },
  );

/** a + factor b */
export const plus = (factor: number): Formula =>
  formula(
    'plus',
    ([as, bs], target, from, to) => {
      const { values: a, shift: sa } = as;
      const { values: b, shift: sb } = bs;
      const { values: out, shift } = target;
      for (let i = from; i < to; i++) {
        out[i + shift] = a[i + sa] + factor * b[i + sb];
      }
    },
    { numbers: [factor] },
  );

export const doubleAverage = formula('doubleAverage', ([as, bs], target, from, to) => {
  const { values: a, shift: sa } = as;
  const { values: b, shift: sb } = bs;
  const { values: out, shift } = target;
  for (let i = from; i < to; i++) {
    out[i + shift] = 2 * a[i + sa] - b[i + sb];
  }
});

export const tripleAverage = formula('tripleAverage', ([as, bs, cs], target, from, to) => {
  const { values: a, shift: sa } = as;
  const { values: b, shift: sb } = bs;
  const { values: c, shift: sc } = cs;
  const { values: out, shift } = target;
  for (let i = from; i < to; i++) {
    out[i + shift] = 3 * a[i + sa] - 3 * b[i + sb] + c[i + sc];
  }
});

export const percentChange = formula(
  'percentChange',
  ([xs], target, from, to) => {
    const { values: x, shift: sx } = xs;
    const { values: out, shift } = target;
    for (let i = from; i < Math.min(to, 1); i++) out[i + shift] = NaN;
    for (let i = Math.max(from, 1); i < to; i++) {
      const base = x[i - 1 + sx];
      out[i + shift] = base === 0 ? NaN : 100 * (x[i + sx] / base - 1);
    }
  },
  {
    operands: [
      [0, 0],
      [0, 1],
    ],
  },
);

/** `relativeStrength` of means that never fall below 0. */
export const strength = formula('strength', ([gains, losss], target, from, to) => {
  const { values: gain, shift: sgain } = gains;
  const { values: loss, shift: sloss } = losss;
  const { values: out, shift } = target;
  for (let i = from; i < to; i++) {
    out[i + shift] = 100 * (gain[i + sgain] / (gain[i + sgain] + loss[i + sloss]));
  }
});

export const momentumStrength = formula('momentumStrength', ([gains, losss], target, from, to) => {
  const { values: gain, shift: sgain } = gains;
  const { values: loss, shift: sloss } = losss;
  const { values: out, shift } = target;
  for (let i = from; i < to; i++) {
    out[i + shift] = 100 * ((gain[i + sgain] - loss[i + sloss]) / (gain[i + sgain] + loss[i + sloss]));
  }
});

export const percentOf = formula('percentOf', ([as, bs], target, from, to) => {
  const { values: a, shift: sa } = as;
  const { values: b, shift: sb } = bs;
  const { values: out, shift } = target;
  for (let i = from; i < to; i++) {
    out[i + shift] = b[i + sb] === 0 ? NaN : 100 * (a[i + sa] / b[i + sb]);
  }
});

/** The first where the second is there. */
export const where = formula('where', ([as, bs], target, from, to) => {
  const { values: a, shift: sa } = as;
  const { values: b, shift: sb } = bs;
  const { values: out, shift } = target;
  for (let i = from; i < to; i++) {
    out[i + shift] = b[i + sb] === b[i + sb] ? a[i + sa] : NaN;
  }
});

/** The values from bar `first` on. */
export const since = (first: number): Formula =>
  formula(
    'same',
    ([as], target, from, to) => {
      const { values: a, shift: sa } = as;
      const { values: out, shift } = target;
      for (let i = from; i < to; i++) {
        out[i + shift] = i < first ? NaN : a[i + sa];
      }
    },
    { first },
  );

export const meanWithEarlier = (bars: number): Formula =>
  formula(
    'middle',
    ([as], target, from, to) => {
      const { values: a, shift: sa } = as;
      const { values: out, shift } = target;
      for (let i = from; i < Math.min(to, bars); i++) out[i + shift] = NaN;
      for (let i = Math.max(from, bars); i < to; i++) {
        out[i + shift] = (a[i + sa] + a[i - bars + sa]) / 2;
      }
    },
    {
      operands: [
        [0, 0],
        [0, bars],
      ],
    },
  );

export const directionalIndexFormula = (window: number): Formula =>
  formula(
    'directionalIndex',
    ([pluss, minuss], target, from, to) => {
      const { values: plus, shift: splus } = pluss;
      const { values: minus, shift: sminus } = minuss;
      const { values: out, shift } = target;
      for (let i = from; i < to; i++) {
        out[i + shift] =
          i < window
            ? NaN
            : 100 * (Math.abs(plus[i + splus] - minus[i + sminus]) / (plus[i + splus] + minus[i + sminus]));
      }
    },
    { first: window },
  );

export const directionalShare = (window: number): Formula =>
  formula(
    'directionalShare',
    ([movess, ranges], target, from, to) => {
      const { values: moves, shift: smoves } = movess;
      const { values: range, shift: srange } = ranges;
      const { values: out, shift } = target;
      for (let i = from; i < to; i++) {
        out[i + shift] = i >= window && range[i + srange] > 0 ? 100 * (moves[i + smoves] / range[i + srange]) : NaN;
      }
    },
    { first: window },
  );
