import type { Predict } from './model-plugin';

/** Predictions through a function, one by one and all. */
export function mappedPredict(predict: Predict, map: (said: number) => number): Predict {
  const { all } = predict;
  const one = (row: Float64Array): number => map(predict(row));
  return all === undefined
    ? one
    : Object.assign(one, { all: (rows: Float64Array, n: number) => all(rows, n).map(map) });
}
