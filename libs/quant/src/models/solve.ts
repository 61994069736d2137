/** A pivot this small against its diagonal is a direction the data does not determine; it gets no step. */
const RELATIVE_PIVOT = 1e-12;

/**
 * Solves A x = b for a symmetric positive semidefinite A by LDL^T; undetermined directions get 0.
 * @param matrix row-major size x size, the lower triangle is read.
 */
export function solvePositiveDefinite(matrix: Float64Array, rhs: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  const pivots = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    let pivot = matrix[j * size + j];
    for (let m = 0; m < j; m++) pivot -= lower[j * size + m] * lower[j * size + m] * pivots[m];
    pivots[j] = pivot > RELATIVE_PIVOT * matrix[j * size + j] ? pivot : 0;
    for (let i = j + 1; i < size; i++) {
      let value = matrix[i * size + j];
      for (let m = 0; m < j; m++) value -= lower[i * size + m] * lower[j * size + m] * pivots[m];
      lower[i * size + j] = pivots[j] > 0 ? value / pivots[j] : 0;
    }
  }
  const x = Float64Array.from(rhs);
  for (let i = 0; i < size; i++) for (let m = 0; m < i; m++) x[i] -= lower[i * size + m] * x[m];
  for (let i = 0; i < size; i++) x[i] = pivots[i] > 0 ? x[i] / pivots[i] : 0;
  for (let i = size - 1; i >= 0; i--) for (let m = i + 1; m < size; m++) x[i] -= lower[m * size + i] * x[m];
  return x;
}
