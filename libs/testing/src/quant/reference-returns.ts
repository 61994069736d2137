/** Twelve bars, 252 a year, whose figures in the specs of metrics were reckoned by numpy 1.24 and scipy 1.10. */
export const REFERENCE_RETURNS = Float64Array.of(
  ...[0.02, -0.01, 0.015, -0.03, 0.005, 0, 0.04, -0.02, 0.01, -0.005, 0.03, -0.012],
);
export const REFERENCE_BENCHMARK = Float64Array.of(
  ...[0.01, -0.005, 0.02, -0.02, 0, 0.004, 0.025, -0.01, 0.012, -0.008, 0.015, -0.006],
);
/** Fractions per year. */
export const REFERENCE_RATES = Float64Array.of(...Array<number>(6).fill(0.03), ...Array<number>(6).fill(0.05));
/** Of six trades. */
export const REFERENCE_NETS = [0.05, -0.02, 0.1, -0.04, 0, 0.03];
