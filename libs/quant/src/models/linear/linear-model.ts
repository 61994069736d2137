/** A score that is linear in standardised features. */
export interface LinearModel {
  /** Per standardised feature. */
  readonly coefficients: Float64Array;
  readonly intercept: number;
  readonly means: Float64Array;
  /** Population std of the training rows; 1 for a constant feature, whose coefficient is then 0. */
  readonly scales: Float64Array;
}

/** The score of one raw row; NaN when a feature is NaN. One order of operations. */
export function linearScore({ coefficients, intercept, means, scales }: LinearModel, row: ArrayLike<number>): number {
  let z = intercept;
  for (let j = 0; j < coefficients.length; j++) z += coefficients[j] * ((row[j] - means[j]) / scales[j]);
  return z;
}
