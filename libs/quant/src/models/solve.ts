/** A pivot this small against its diagonal is a direction the data does not determine; it gets no step. */
const RELATIVE_PIVOT = 1e-12;

interface Factors {
  /** Unit lower triangle, row-major; its diagonal is not stored. */
  readonly lower: Float64Array;
  /** 0 for a direction that the matrix does not determine. */
  readonly pivots: Float64Array;
}

/** LDL^T of a symmetric positive semidefinite matrix, row-major size x size; the lower triangle is read. */
export function factorise(matrix: Float64Array, size: number): Factors {
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
  return { lower, pivots };
}

/**
 * Solves A x = b for a symmetric positive semidefinite A by LDL^T; undetermined directions get 0.
 * @param matrix as of `factorise`.
 */
export function solvePositiveDefinite(matrix: Float64Array, rhs: Float64Array, size: number): Float64Array {
  const { lower, pivots } = factorise(matrix, size);
  const x = Float64Array.from(rhs);
  for (let i = 0; i < size; i++) for (let m = 0; m < i; m++) x[i] -= lower[i * size + m] * x[m];
  for (let i = 0; i < size; i++) x[i] = pivots[i] > 0 ? x[i] / pivots[i] : 0;
  for (let i = size - 1; i >= 0; i--) for (let m = i + 1; m < size; m++) x[i] -= lower[m * size + i] * x[m];
  return x;
}
