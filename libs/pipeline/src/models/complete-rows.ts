import type { Predict } from './model-plugin';

/** The prediction where some input is there, NaN where none is. */
export const ofKnownRows =
  (predict: Predict): Predict =>
  (row) => {
    for (let i = 0; i < row.length; i++) if (!Number.isNaN(row[i])) return predict(row);
    return NaN;
  };

/** The prediction where every input is there, NaN elsewhere. */
export const ofCompleteRows =
  (predict: Predict): Predict =>
  (row) => {
    for (let i = 0; i < row.length; i++) if (Number.isNaN(row[i])) return NaN;
    return predict(row);
  };
