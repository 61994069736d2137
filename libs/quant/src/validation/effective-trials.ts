import { requireThat } from '../errors/invalid-input';
import { mean } from '../metrics';
import { clusterCount } from './trial-clusters';

export interface EffectiveTrials {
  readonly raw: number;
  /** rho + (1 - rho) N with the mean correlation rho of the trials, not below 1. */
  readonly correlationAdjusted: number;
  /** Number of clusters of similar trials; null above `CLUSTER_LIMIT` trials. */
  readonly clustered: number | null;
  readonly meanCorrelation: number | null;
}

/** Clustering keeps the distances of all pairs: 8 bytes x N^2, 200 MB at the limit. */
export const CLUSTER_LIMIT = 5000;

/** Writes the series centred and of unit length; false for one without variation. */
function writeUnit(series: Float64Array, into: Float64Array): boolean {
  let isFlat = true;
  for (let t = 1; t < series.length && isFlat; t++) isFlat = series[t] === series[0];
  if (isFlat) return false;
  const centre = mean(series);
  let squares = 0;
  for (let t = 0; t < series.length; t++) squares += (series[t] - centre) ** 2;
  const length = Math.sqrt(squares);
  for (let t = 0; t < series.length; t++) into[t] = (series[t] - centre) / length;
  return true;
}

function firstBroken(series: Float64Array): number {
  for (let t = 0; t < series.length; t++) if (!Number.isFinite(series[t])) return t;
  return -1;
}

/**
 * Effective number of independent trials as a range: raw count, correlation-adjusted (Bailey & Lopez de Prado 2014,
 * appendix 3) and clustered (average linkage on sqrt((1 - rho)/2), cut at the best mean silhouette, after Lopez de Prado
 * 2019). Series without variation count as one trial each.
 * @param trials return series of equal length.
 * @param onProgress called with the share of the work that is done.
 */
export function effectiveTrials(
  trials: readonly Float64Array[],
  onProgress?: (fraction: number) => void,
): EffectiveTrials {
  const raw = trials.length;
  requireThat(raw >= 1, 'trials.length', 'at least 1', raw);
  trials.forEach((series, i) => {
    requireThat(
      series.length === trials[0].length,
      `trials[${i}].length`,
      `${trials[0].length} like the first`,
      series.length,
    );
    const broken = firstBroken(series);
    if (broken >= 0) requireThat(false, `trials[${i}][${broken}]`, 'finite', series[broken]);
  });
  // the sum of all pairwise correlations is the squared length of the sum of the unit series
  const sum = new Float64Array(trials[0].length);
  const units: Float64Array[] = [];
  let m = 0;
  let unit = new Float64Array(sum.length);
  for (const series of trials) {
    if (!writeUnit(series, unit)) continue;
    m++;
    for (let t = 0; t < sum.length; t++) sum[t] += unit[t];
    // more of them are not clustered, and never held together
    if (m > CLUSTER_LIMIT) units.length = 0;
    else {
      units.push(unit);
      unit = new Float64Array(sum.length);
    }
  }
  const flat = raw - m;
  if (m < 2) return { raw, correlationAdjusted: raw, clustered: raw, meanCorrelation: null };
  let squares = 0;
  for (let t = 0; t < sum.length; t++) squares += sum[t] * sum[t];
  const rho = (squares - m) / (m * (m - 1));
  const adjusted = Math.min(m, Math.max(1, rho + (1 - rho) * m));
  return {
    raw,
    correlationAdjusted: adjusted + flat,
    clustered: m > CLUSTER_LIMIT ? null : clusterCount(units, onProgress) + flat,
    meanCorrelation: rho,
  };
}
