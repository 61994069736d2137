import { excessReturns, mean, sampleStd } from '../metrics';
import { autocovariances } from './bootstrap';
import { normalQuantile } from './normal-distribution';
import { checkAlternative, sharpeDiscovery, type SharpeAlternative, type SharpeDiscovery } from './sharpe-discovery';
import { minTrackRecordLength, probabilisticSharpe, sharpeStatistics } from './sharpe-inference';
import {
  sharpePeriods,
  sharpeVariance,
  varianceTerm,
  type SharpeFormula,
  type SharpeStatistics,
} from './sharpe-variance';

/**
 * `iid`: normal returns without memory, sqrt((1 + SR^2 / 2) / T), Lo (2002). `mertens`: of any skewness g3 and kurtosis g4,
 * sqrt((1 - g3 SR + (g4 - 1)/4 SR^2) / (T - 1)), Mertens (2002), whose z is that of PSR. `hac`: with memory too, Newey & West (1987)
 * of what each return adds to the ratio. `autocorrelation`: the ratio itself annualised by Lo's q / sqrt(q + 2 sum (q - k) rho_k), with
 * the error of `hac` times that factor, which is taken as known.
 */
export type SharpeErrorMethod = 'iid' | 'mertens' | 'hac' | 'autocorrelation';

/** Annualised. Normal intervals around the ratio. */
export interface SharpeError {
  readonly method: SharpeErrorMethod;
  readonly sharpe: number | null;
  readonly standardError: number | null;
  readonly lower90: number | null;
  readonly upper90: number | null;
  readonly lower95: number | null;
  readonly upper95: number | null;
  readonly reason: string | null;
}

/** What a track record says of a true Sharpe above 0, at 95 %. */
export interface SharpeEvidence extends SharpeDiscovery {
  readonly formula: SharpeFormula;
  readonly probabilisticSharpe: number | null;
  /** Observations after which the ratio as it is would be told from 0; null where it is not above 0. */
  readonly minTrackRecordLength: number | null;
  /** True annual Sharpe that a record of this length and shape tells from 0 with a probability of 80 %. */
  readonly detectableSharpe: number | null;
}

export interface SharpeInference {
  /** What `power` and the shares of false discoveries assume, a year. */
  readonly alternative: SharpeAlternative;
  readonly observations: number;
  /** Lags of Newey-West and of Lo's sum. */
  readonly lags: number;
  readonly skewness: number;
  readonly kurtosis: number;
  readonly autocorrelation: number;
  readonly errors: readonly SharpeError[];
  readonly evidence: readonly SharpeEvidence[];
}

const CONFIDENCE = 0.95;
const POWER = 0.8;
/** A ratio of 1 a year, and one strategy in ten that has it. */
const ALTERNATIVE: SharpeAlternative = { sharpe: 1, prior: 0.1 };
const FORMULAS: readonly SharpeFormula[] = ['2012', '2026'];

/** Lags of the Bartlett kernel, floor(4 (T / 100)^(2/9)): Newey & West (1994), the rule without a pilot estimate. */
export function neweyWestLags(observations: number): number {
  return Math.min(Math.max(observations - 1, 0), Math.floor(4 * (observations / 100) ** (2 / 9)));
}

/** Long-run variance of a series: gamma_0 + 2 sum (1 - k / (L + 1)) gamma_k, never negative. Newey & West (1987). */
export function neweyWestVariance(values: Float64Array, lags: number): number {
  const gamma = autocovariances(values, lags);
  let sum = gamma[0];
  for (let k = 1; k <= lags; k++) sum += 2 * (1 - k / (lags + 1)) * gamma[k];
  return Math.max(sum, 0);
}

/**
 * What turns a Sharpe ratio per period into one of q periods: q / sqrt(q + 2 sum over k < q of (q - k) rho_k); sqrt(q) without
 * autocorrelation. Lo (2002). @param lags autocorrelations beyond them count as 0
 * @returns null where the sum leaves no positive variance, or the series has none.
 */
export function loFactor(returns: Float64Array, periods: number, lags: number): number | null {
  const used = Math.min(lags, Math.ceil(periods) - 1);
  const gamma = autocovariances(returns, Math.max(used, 0));
  let sum = periods;
  for (let k = 1; k <= used; k++) sum += (2 * (periods - k) * gamma[k]) / gamma[0];
  return sum > 0 ? periods / Math.sqrt(sum) : null;
}

/** What each return adds to the ratio: its deviation z less SR / 2 (z^2 - 1), by the delta method. */
function influence(returns: Float64Array, sharpe: number): Float64Array {
  const centre = mean(returns);
  const std = Math.sqrt(autocovariances(returns, 0)[0]);
  return returns.map((r) => {
    const z = (r - centre) / std;
    return z - (sharpe / 2) * (z * z - 1);
  });
}

/**
 * The least true Sharpe **per period** that is told from 0 with the given power: the larger root of
 * (x sqrt(T) - c)^2 = d^2 V(x), V the variance of the estimate. Null where a record is too short for any.
 */
export function detectableSharpe(
  statistics: SharpeStatistics,
  formula: SharpeFormula = '2012',
  confidence = CONFIDENCE,
  power = POWER,
): number | null {
  const [constant, linear, square] = sharpeVariance(statistics, formula);
  const periods = sharpePeriods(statistics.observations, formula);
  const [z, beta] = [normalQuantile(confidence), normalQuantile(power)];
  // in 2026 the threshold stands by the variance under the null hypothesis
  const [c, d] = formula === '2012' ? [0, z + beta] : [z * Math.sqrt(constant), beta];
  const [a2, a1, a0] = [
    periods - d * d * square,
    -2 * c * Math.sqrt(periods) - d * d * linear,
    c * c - d * d * constant,
  ];
  const under = a1 * a1 - 4 * a2 * a0;
  return a2 > 0 && under >= 0 ? (-a1 + Math.sqrt(under)) / (2 * a2) : null;
}

function errorOf(
  method: SharpeErrorMethod,
  sharpe: number | null,
  standardError: number | null,
  reason: string,
): SharpeError {
  const known = sharpe !== null && standardError !== null;
  const at = (level: number): number | null => (known ? sharpe + normalQuantile(level) * standardError : null);
  return {
    ...{ method, sharpe, standardError: known ? standardError : null },
    ...{ lower90: at(0.05), upper90: at(0.95), lower95: at(0.025), upper95: at(0.975), reason: known ? null : reason },
  };
}

const times = (value: number | null, factor: number): number | null => (value === null ? null : value * factor);

/**
 * Errors of the Sharpe ratio of returns above cash, and what the record shows. Null where the ratio is undefined.
 * @param riskFree what cash earned on the same bars
 * @throws InvalidInputError for an alternative that is none
 */
export function sharpeInference(
  returns: Float64Array,
  periodsPerYear: number,
  riskFree?: Float64Array,
  alternative: Partial<SharpeAlternative> = {},
): SharpeInference | null {
  const assumed = { ...ALTERNATIVE, ...alternative };
  checkAlternative(assumed);
  const excess = excessReturns(returns, riskFree);
  const statistics = sharpeStatistics(excess);
  if (statistics === null) return null;
  const { sharpe, observations, skewness, kurtosis, autocorrelation = 0 } = statistics;
  const lags = neweyWestLags(observations);
  const year = Math.sqrt(periodsPerYear);
  const annual = (mean(excess) / sampleStd(excess)) * year;
  const moments = varianceTerm(statistics, sharpe, '2012');
  const hac = Math.sqrt(neweyWestVariance(influence(excess, sharpe), lags) / observations);
  const factor = loFactor(excess, periodsPerYear, lags);
  const noVariance = 'the moments give no positive variance';
  const iid = Math.sqrt((1 + (sharpe * sharpe) / 2) / observations);
  const mertens = moments > 0 ? Math.sqrt(moments / (observations - 1)) : null;
  return {
    ...{ observations, lags, skewness, kurtosis, autocorrelation, alternative: assumed },
    errors: [
      errorOf('iid', annual, iid * year, noVariance),
      errorOf('mertens', annual, times(mertens, year), noVariance),
      errorOf('hac', annual, hac * year, noVariance),
      errorOf(
        'autocorrelation',
        times(factor, sharpe),
        times(factor, hac),
        'the autocorrelations leave no positive variance of a year',
      ),
    ],
    evidence: FORMULAS.map((formula) => ({
      formula,
      probabilisticSharpe: probabilisticSharpe(statistics, 0, formula),
      minTrackRecordLength: minTrackRecordLength(statistics, 0, CONFIDENCE, formula),
      detectableSharpe: times(detectableSharpe(statistics, formula), year),
      ...sharpeDiscovery(statistics, { ...assumed, sharpe: assumed.sharpe / year }, formula, CONFIDENCE),
    })),
  };
}
