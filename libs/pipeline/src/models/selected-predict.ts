import type { Predict } from './model-plugin';

/** The prediction that reads some columns of rows that have more. */
export function selectedPredict(predict: Predict, columns: readonly number[], width: number): Predict {
  const chosen = (rows: Float64Array): Float64Array => {
    const count = rows.length / width;
    const found = new Float64Array(count * columns.length);
    for (let i = 0, at = 0; i < count; i++) for (const column of columns) found[at++] = rows[i * width + column]!;
    return found;
  };
  const { all } = predict;
  const one = (rows: Float64Array): number => predict(chosen(rows));
  return all === undefined ? one : Object.assign(one, { all: (rows: Float64Array, n: number) => all(chosen(rows), n) });
}
