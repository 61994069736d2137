/** Sharpe **per period** with the moments its error depends on. */
export interface SharpeStatistics {
  readonly sharpe: number;
  readonly observations: number;
  /** Population skewness g3. */
  readonly skewness: number;
  /** Population kurtosis g4, non-excess (normal = 3). */
  readonly kurtosis: number;
  /** First-order autocorrelation; used by the formula `2026` only. */
  readonly autocorrelation?: number;
}

/**
 * `2012`: Bailey & Lopez de Prado, variance at the estimate, T - 1.
 * `2026`: Lopez de Prado, Lipton & Zoonekynd, variance under the null hypothesis, divided by T, with an AR(1) term.
 */
export type SharpeFormula = '2012' | '2026';

/** T x variance of the Sharpe estimate as a polynomial of the Sharpe it is taken at, constant first. */
export function sharpeVariance(
  { skewness: g3, kurtosis: g4, autocorrelation }: SharpeStatistics,
  formula: SharpeFormula,
): readonly [number, number, number] {
  const rho = formula === '2026' ? (autocorrelation ?? 0) : 0;
  const single = rho / (1 - rho);
  const double = (rho * rho) / (1 - rho * rho);
  return [1 + 2 * single, -(1 + single + double) * g3, ((1 + 2 * double) * (g4 - 1)) / 4];
}

/** T x variance of the Sharpe estimate at `sharpe`; for iid normal returns 1 + sharpe^2 / 2. */
export function varianceTerm(statistics: SharpeStatistics, sharpe: number, formula: SharpeFormula): number {
  const [constant, linear, square] = sharpeVariance(statistics, formula);
  return constant + linear * sharpe + square * sharpe * sharpe;
}

/** T of the root: T - 1 in 2012, T in 2026. */
export const sharpePeriods = (observations: number, formula: SharpeFormula): number =>
  formula === '2012' ? observations - 1 : observations;

/** How many standard errors the estimate lies above `benchmarkSharpe`, both **per period**; null where the moments give no positive variance. */
export function sharpeZ(statistics: SharpeStatistics, benchmarkSharpe: number, formula: SharpeFormula): number | null {
  const { sharpe, observations } = statistics;
  const variance = varianceTerm(statistics, formula === '2012' ? sharpe : benchmarkSharpe, formula);
  const periods = sharpePeriods(observations, formula);
  if (!(variance > 0) || periods < 1) return null;
  const z = ((sharpe - benchmarkSharpe) * Math.sqrt(periods)) / Math.sqrt(variance);
  return Number.isNaN(z) ? null : z;
}
