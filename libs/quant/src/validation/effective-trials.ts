import { requireThat } from '../engines';
import { mean } from '../metrics';

export interface EffectiveTrials {
  readonly raw: number;
  /** rho + (1 - rho) N with the mean correlation rho of the trials, not below 1. */
  readonly correlationAdjusted: number;
  /** Number of clusters of similar trials; null above `CLUSTER_LIMIT` trials. */
  readonly clustered: number | null;
  readonly meanCorrelation: number | null;
}

/** Clustering needs all pairs and grows with the square of the trials. */
export const CLUSTER_LIMIT = 600;

/** Unit-length centred series; null for a series without variation. */
function unit(series: Float64Array): Float64Array | null {
  if (series.every((value) => value === series[0])) return null;
  const centre = mean(series);
  let squares = 0;
  for (let t = 0; t < series.length; t++) squares += (series[t] - centre) ** 2;
  const length = Math.sqrt(squares);
  return series.map((value) => (value - centre) / length);
}

/**
 * Effective number of independent trials as a range: raw count, correlation-adjusted (Bailey & Lopez de Prado 2014,
 * appendix 3) and clustered (average linkage on sqrt((1 - rho)/2), cut at the best mean silhouette, after Lopez de Prado
 * 2019). Series without variation count as one trial each.
 * @param trials return series of equal length.
 */
export function effectiveTrials(trials: readonly Float64Array[]): EffectiveTrials {
  const raw = trials.length;
  requireThat(raw >= 1, 'trials.length', 'at least 1', raw);
  trials.forEach((series, i) => {
    requireThat(
      series.length === trials[0].length,
      `trials[${i}].length`,
      `${trials[0].length} like the first`,
      series.length,
    );
    const broken = series.findIndex((value) => !Number.isFinite(value));
    if (broken >= 0) requireThat(false, `trials[${i}][${broken}]`, 'finite', series[broken]);
  });
  const units = trials.map(unit).filter((series): series is Float64Array => series !== null);
  const flat = raw - units.length;
  const m = units.length;
  if (m < 2) return { raw, correlationAdjusted: raw, clustered: raw, meanCorrelation: null };
  // the sum of all pairwise correlations is the squared length of the sum of the unit series
  const sum = new Float64Array(trials[0].length);
  for (const series of units) for (let t = 0; t < sum.length; t++) sum[t] += series[t];
  let squares = 0;
  for (let t = 0; t < sum.length; t++) squares += sum[t] * sum[t];
  const rho = (squares - m) / (m * (m - 1));
  const adjusted = Math.min(m, Math.max(1, rho + (1 - rho) * m));
  return {
    raw,
    correlationAdjusted: adjusted + flat,
    clustered: m > CLUSTER_LIMIT ? null : countClusters(units) + flat,
    meanCorrelation: rho,
  };
}

function distances(units: readonly Float64Array[]): Float64Array[] {
  const rows = units.map(() => new Float64Array(units.length));
  units.forEach((a, i) => {
    for (let j = 0; j < i; j++) {
      const b = units[j];
      let rho = 0;
      for (let t = 0; t < a.length; t++) rho += a[t] * b[t];
      rows[i][j] = rows[j][i] = Math.sqrt(Math.max(0, (1 - rho) / 2));
    }
  });
  return rows;
}

/** Two trials nearer than this are the same trial in other words. */
const SAME_TRIAL_DISTANCE = 1e-4;

/** A cut must separate at least this well, else the trials are one cluster or all their own. */
const MIN_SILHOUETTE = 0.1;

/** Cuts with more clusters than this are not scored: each score costs the square of the trials. */
const MAX_CUT = 60;

function meanSilhouette(distance: readonly Float64Array[], label: Int32Array, clusters: number): number {
  const m = label.length;
  const size = new Float64Array(clusters);
  for (let i = 0; i < m; i++) size[label[i]] += 1;
  const toCluster = new Float64Array(clusters);
  let total = 0;
  for (let i = 0; i < m; i++) {
    if (size[label[i]] === 1) continue;
    toCluster.fill(0);
    for (let j = 0; j < m; j++) toCluster[label[j]] += distance[i][j];
    const inside = toCluster[label[i]] / (size[label[i]] - 1);
    let outside = Infinity;
    for (let c = 0; c < clusters; c++) if (c !== label[i]) outside = Math.min(outside, toCluster[c] / size[c]);
    total += (outside - inside) / Math.max(outside, inside, Number.MIN_VALUE);
  }
  return total / m;
}

/** Average-linkage clustering; every merge is one candidate cut, the best mean silhouette wins. */
function countClusters(units: readonly Float64Array[]): number {
  const m = units.length;
  const original = distances(units);
  const working = original.map((row) => Float64Array.from(row));
  const label = Int32Array.from({ length: m }, (_, i) => i);
  const size = new Float64Array(m).fill(1);
  const alive = Array.from({ length: m }, (_, i) => i);
  let best = m;
  let bestScore = MIN_SILHOUETTE;
  let nearest = 0;
  while (alive.length > 1) {
    let a = alive[0];
    let b = alive[1];
    nearest = Infinity;
    for (let i = 1; i < alive.length; i++) {
      for (let j = 0; j < i; j++) {
        if (working[alive[i]][alive[j]] < nearest) {
          nearest = working[alive[i]][alive[j]];
          a = alive[j];
          b = alive[i];
        }
      }
    }
    for (const c of alive) {
      if (c === a || c === b) continue;
      working[a][c] = working[c][a] = (size[a] * working[a][c] + size[b] * working[b][c]) / (size[a] + size[b]);
    }
    size[a] += size[b];
    alive.splice(alive.indexOf(b), 1);
    for (let i = 0; i < m; i++) if (label[i] === b) label[i] = a;
    if (alive.length < 2 || alive.length > MAX_CUT) continue;
    const compact = Int32Array.from(label, (value) => alive.indexOf(value));
    const score = meanSilhouette(original, compact, alive.length);
    if (score > bestScore) {
      bestScore = score;
      best = alive.length;
    }
  }
  // the last merge joins everything: when even that distance is nil there is one trial
  return nearest <= SAME_TRIAL_DISTANCE ? 1 : best;
}
