import type { Predict } from './model-plugin';

/** The prediction where some input is there, NaN where none is. */
export const ofKnownRows = (predict: Predict): Predict => where(predict, 'some');

/** The prediction where every input is there, NaN elsewhere. */
export const ofCompleteRows = (predict: Predict): Predict => where(predict, 'every');

function where(predict: Predict, which: 'some' | 'every'): Predict {
  const holds = (rows: Float64Array, from: number, to: number): boolean => {
    // the first missing value settles that not every one is there, the first known one that some is
    for (let i = from; i < to; i++) if (Number.isNaN(rows[i]) === (which === 'every')) return which === 'some';
    return which === 'every';
  };
  const { all } = predict;
  const one = (row: Float64Array): number => (holds(row, 0, row.length) ? predict(row) : NaN);
  if (all === undefined) return one;
  return Object.assign(one, {
    all(rows: Float64Array, n: number): Float64Array {
      const k = rows.length / n;
      const said = all(rows, n);
      for (let i = 0; i < n; i++) if (!holds(rows, i * k, (i + 1) * k)) said[i] = NaN;
      return said;
    },
  });
}
