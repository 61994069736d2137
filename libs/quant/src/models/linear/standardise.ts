import { InvalidInputError } from '../../errors/invalid-input';

/**
 * Columns of row-major n x k rows less their mean, over their population deviation; a constant column becomes 0 with
 * the scale 1.
 * @throws InvalidInputError, with the `column` as a fact, when a mean or a square leaves the number range.
 */
export function standardise(
  rows: Float64Array,
  n: number,
  k: number,
): { x: Float64Array; means: Float64Array; scales: Float64Array } {
  const means = new Float64Array(k);
  const scales = new Float64Array(k).fill(1);
  const x = new Float64Array(n * k);
  for (let j = 0; j < k; j++) {
    let sum = 0;
    let constant = true;
    for (let i = 0; i < n; i++) {
      sum += rows[i * k + j];
      if (rows[i * k + j] !== rows[j]) constant = false;
    }
    means[j] = constant ? rows[j] : sum / n;
    let squares = 0;
    for (let i = 0; i < n; i++) squares += (rows[i * k + j] - means[j]) ** 2;
    const scale = Math.sqrt(squares / n);
    if (!Number.isFinite(means[j]) || !Number.isFinite(scale)) throw tooLarge(scale, j);
    if (!constant && scale > 0) scales[j] = scale;
    for (let i = 0; i < n; i++) x[i * k + j] = (rows[i * k + j] - means[j]) / scales[j];
  }
  return { x, means, scales };
}

function tooLarge(scale: number, column: number): InvalidInputError {
  const value = `of deviation ${scale} in column ${column}`;
  const rule = 'small enough for their means and squares';
  return new InvalidInputError(`rows must be ${rule}, was ${value}`, { field: 'rows', rule, value, column });
}
