import { requireThat } from '../errors/invalid-input';
import { normalCdf, normalQuantile } from './normal-distribution';
import { sharpePeriods, sharpeZ, varianceTerm, type SharpeFormula, type SharpeStatistics } from './sharpe-variance';

/** What is assumed of strategies before a record is seen: some are worth nothing, the others have one true Sharpe ratio. */
export interface SharpeAlternative {
  /** Above 0; per year in `sharpeInference`, per period here. */
  readonly sharpe: number;
  /** Share of strategies that have it, between 0 and 1. */
  readonly prior: number;
}

export interface SharpeDiscovery {
  /** Probability that a record of this length and shape tells such a ratio from 0. */
  readonly power: number | null;
  /** Share of those worth nothing among all that such a test would call discoveries. */
  readonly plannedFdr: number | null;
  /** The same among all that do at least as well as this record. */
  readonly observedFdr: number | null;
}

/** @throws InvalidInputError that names what is not possible */
export function checkAlternative({ sharpe, prior }: SharpeAlternative): void {
  requireThat(sharpe > 0 && sharpe < Infinity, 'alternative', 'a number above 0', sharpe);
  requireThat(prior > 0 && prior < 1, 'prior', 'between 0 and 1', prior);
}

/**
 * Probability that a true Sharpe ratio **per period** is told from 0: that PSR(0) of its record reaches the confidence. Null where the
 * moments give no positive variance.
 */
export function sharpePower(
  statistics: SharpeStatistics,
  sharpe: number,
  formula: SharpeFormula = '2012',
  confidence = 0.95,
): number | null {
  const own = varianceTerm(statistics, sharpe, formula);
  // in 2026 the threshold stands by the variance under the null hypothesis
  const needed = formula === '2012' ? own : varianceTerm(statistics, 0, formula);
  if (!(own > 0) || !(needed > 0)) return null;
  const distance = sharpe * Math.sqrt(sharpePeriods(statistics.observations, formula));
  return normalCdf((distance - normalQuantile(confidence) * Math.sqrt(needed)) / Math.sqrt(own));
}

/**
 * What a discovery is worth: Bayes over the two hypotheses, 1 / (1 + prior P(seen | alternative) / ((1 - prior) P(seen | nothing))).
 * Planned, seen is a ratio beyond the threshold of the test; observed, one of at least that of the record. Lopez de Prado, Lipton and
 * Zoonekynd (2026).
 */
export function sharpeDiscovery(
  statistics: SharpeStatistics,
  { sharpe, prior }: SharpeAlternative,
  formula: SharpeFormula = '2026',
  confidence = 0.95,
): SharpeDiscovery {
  const power = sharpePower(statistics, sharpe, formula, confidence);
  const odds = prior / (1 - prior);
  const fdr = (nothing: number, alternative: number): number => nothing / (nothing + alternative * odds);
  const above = sharpeZ(statistics, 0, formula);
  const beyond = sharpeZ(statistics, sharpe, formula);
  const isKnown = above !== null && beyond !== null;
  // where both tails are too small for a number, the nearer hypothesis has all the weight
  const far = isKnown && normalCdf(-above) + normalCdf(-beyond) === 0;
  const observed = isKnown && !far ? fdr(normalCdf(-above), normalCdf(-beyond)) : null;
  return {
    power,
    plannedFdr: power === null ? null : fdr(1 - confidence, power),
    observedFdr: far ? Number(above < beyond) : observed,
  };
}
