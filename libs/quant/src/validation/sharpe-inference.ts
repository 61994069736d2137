import { isAbove, PURE_NUMBER } from '../comparison/comparison';
import { kurtosis, mean, sampleStd, skewness } from '../metrics';
import { normalCdf, normalQuantile } from './normal-distribution';
import { sharpeZ, varianceTerm, type SharpeFormula, type SharpeStatistics } from './sharpe-variance';

export type { SharpeFormula, SharpeStatistics };

const EULER_GAMMA = 0.5772156649015329;

/** Statistics of a return series; null below two returns or without any variation but that of rounding. */
export function sharpeStatistics(returns: Float64Array): SharpeStatistics | null {
  const n = returns.length;
  const g3 = skewness(returns);
  const g4 = kurtosis(returns);
  const std = sampleStd(returns);
  if (g3 === null || g4 === null || !isAbove(std, 0, PURE_NUMBER)) return null;
  const centre = mean(returns);
  let lagged = 0;
  let squares = 0;
  for (let t = 0; t < n; t++) {
    squares += (returns[t] - centre) ** 2;
    if (t > 0) lagged += (returns[t] - centre) * (returns[t - 1] - centre);
  }
  return {
    sharpe: centre / std,
    observations: n,
    skewness: g3,
    kurtosis: g4,
    autocorrelation: lagged / squares,
  };
}

function asStatistics(input: SharpeStatistics | Float64Array): SharpeStatistics | null {
  return input instanceof Float64Array ? sharpeStatistics(input) : input;
}

/**
 * PSR: probability that the true Sharpe exceeds `benchmarkSharpe` (both **per period**):
 * Phi((SR - SR*) sqrt(T - 1) / sqrt(1 - g3 SR + (g4 - 1)/4 SR^2)). Bailey & Lopez de Prado (2012).
 * @returns null for constant or too short series, or moments that give no positive variance.
 */
export function probabilisticSharpe(
  input: SharpeStatistics | Float64Array,
  benchmarkSharpe = 0,
  formula: SharpeFormula = '2012',
): number | null {
  const statistics = asStatistics(input);
  if (statistics === null) return null;
  const z = sharpeZ(statistics, benchmarkSharpe, formula);
  return z === null ? null : normalCdf(z);
}

/**
 * E[max] of N independent standard normals, (1 - g) z(1 - 1/N) + g z(1 - 1/(N e)). An effective number lies between 1 and
 * 2 too, where that approximation for large N goes down to -infinity while the expectation never is below the 0 of N = 1.
 */
export function expectedMaxOfN(trials: number): number {
  if (!(trials >= 1)) throw new RangeError(`trials must be at least 1, was ${trials}`);
  if (trials === 1) return 0;
  const largeN =
    (1 - EULER_GAMMA) * normalQuantile(1 - 1 / trials) + EULER_GAMMA * normalQuantile(1 - 1 / (trials * Math.E));
  return Math.max(0, largeN);
}

export interface DeflatedSharpeResult {
  readonly value: number | null;
  /** SR*, per period. */
  readonly benchmarkSharpe: number;
  readonly trials: number;
  readonly formula: SharpeFormula;
}

/**
 * DSR: PSR at SR* = sqrt(V) E[max_N]. Bailey & Lopez de Prado (2014). N = 1 is PSR(0).
 * @param trialVariance V: variance (ddof 1) of the trials' Sharpe in the same frequency.
 * @param trials N >= 1, raw or effective; the choice belongs to the caller and is reported back.
 */
export function deflatedSharpe(
  input: SharpeStatistics | Float64Array,
  trialVariance: number,
  trials: number,
  formula: SharpeFormula = '2012',
): DeflatedSharpeResult {
  const benchmarkSharpe = trials === 1 ? 0 : Math.sqrt(trialVariance) * expectedMaxOfN(trials);
  return { value: probabilisticSharpe(input, benchmarkSharpe, formula), benchmarkSharpe, trials, formula };
}

/**
 * MinTRL: observations needed to say SR > SR* with the given confidence,
 * 1 + (1 - g3 SR + (g4 - 1)/4 SR^2) (z / (SR - SR*))^2; of 2026 without the 1 and with the variance at SR*. Null when SR <= SR* or
 * the moments give no positive variance.
 */
export function minTrackRecordLength(
  input: SharpeStatistics | Float64Array,
  benchmarkSharpe = 0,
  confidence = 0.95,
  formula: SharpeFormula = '2012',
): number | null {
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`confidence must be between 0 and 1, was ${confidence}`);
  const statistics = asStatistics(input);
  if (statistics === null || !(statistics.sharpe > benchmarkSharpe)) return null;
  const variance = varianceTerm(statistics, formula === '2012' ? statistics.sharpe : benchmarkSharpe, formula);
  if (!(variance > 0)) return null;
  const needed = variance * (normalQuantile(confidence) / (statistics.sharpe - benchmarkSharpe)) ** 2;
  return formula === '2012' ? 1 + needed : needed;
}

/** MinBTL in years: (E[max_N] / SR)^2 with an annualised SR; null when SR <= 0. */
export function minBacktestLength(trials: number, annualSharpe: number): number | null {
  return annualSharpe > 0 ? (expectedMaxOfN(trials) / annualSharpe) ** 2 : null;
}

/** 1 - OOS / IS; null when either is undefined or IS <= 0. */
export function overfittingRatio(inSampleSharpe: number | null, outOfSampleSharpe: number | null): number | null {
  if (inSampleSharpe === null || outOfSampleSharpe === null || !(inSampleSharpe > 0)) return null;
  const ratio = 1 - outOfSampleSharpe / inSampleSharpe;
  return Number.isNaN(ratio) ? null : ratio;
}
