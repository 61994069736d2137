import type { TeamHelpers } from '../team/team-helpers';
import { trialDistances, type DistanceJob } from './trial-distances';

/** Two trials nearer than this are the same trial in other words. */
const SAME_TRIAL_DISTANCE = 1e-4;

/** A cut must separate at least this well, else the trials are one cluster or all their own. */
const MIN_SILHOUETTE = 0.1;

/** Cuts with more clusters than this are not scored. */
const MAX_CUT = 60;

/** About this share of the time goes into the distances. */
const DISTANCES_SHARE = 0.7;

/**
 * Number of clusters of unit-length centred series: average linkage on the distance sqrt((1 - rho) / 2), every merge is
 * one candidate cut of at most 60 clusters, the best mean silhouette wins; without a good cut every trial is its own.
 * Time grows with the square of the trials (the distances: times their length), memory is 8 bytes per ordered pair.
 */
export function clusterCount(
  units: readonly Float64Array[],
  onProgress?: (fraction: number) => void,
  helpers?: TeamHelpers<DistanceJob>,
): number {
  const m = units.length;
  // below the diagonal the distances of clusters, above it those of the trials, which the silhouettes need
  const distance = trialDistances(units, { onProgress: (done) => onProgress?.(DISTANCES_SHARE * done), helpers });
  const linkage = new AverageLinkage(distance, m);
  let best = m;
  let bestScore = MIN_SILHOUETTE;
  let silhouettes: Silhouettes | null = null;
  while (linkage.alive.length > 1) {
    const [kept, gone] = linkage.merge();
    silhouettes?.merge(kept, gone);
    const clusters = linkage.alive.length;
    if (clusters % 100 === 0) onProgress?.(1 - (1 - DISTANCES_SHARE) * (clusters / m));
    if (clusters < 2 || clusters > MAX_CUT) continue;
    silhouettes ??= new Silhouettes(distance, linkage.labels(), m);
    const score = silhouettes.mean();
    if (score > bestScore) {
      bestScore = score;
      best = clusters;
    }
  }
  // the last merge joins everything: when even that distance is nil there is one trial
  return linkage.nearest <= SAME_TRIAL_DISTANCE ? 1 : best;
}

/**
 * Merges the two nearest clusters at a time, the first pair of equal ones, by Lance and Williams (1967). Each cluster
 * remembers its nearest one of lower index, so that a merge looks at few distances.
 */
class AverageLinkage {
  /** Clusters by the index of their first trial, ascending. */
  readonly alive: number[];
  /** Distance of the last merge. */
  nearest = 0;
  private readonly size: Float64Array;
  /** What a cluster went into; itself while it is alive. */
  private readonly into: Int32Array;
  private readonly near: Int32Array;
  private readonly nearDistance: Float64Array;

  /** @param distance m x m; only what lies below the diagonal is read and changed. */
  constructor(
    private readonly distance: Float64Array,
    private readonly m: number,
  ) {
    this.alive = Array.from({ length: m }, (_, i) => i);
    this.size = new Float64Array(m).fill(1);
    this.into = Int32Array.from(this.alive);
    this.near = new Int32Array(m).fill(-1);
    this.nearDistance = new Float64Array(m);
    for (let place = 1; place < m; place++) this.findNear(place);
  }

  /** Index of each trial's cluster. */
  labels(): Int32Array {
    const labels = this.into.slice();
    // whatever it went into has a lower index
    for (let i = 0; i < labels.length; i++) labels[i] = labels[labels[i]];
    return labels;
  }

  /** @returns the index that goes on, and the one that is gone. */
  merge(): [kept: number, gone: number] {
    const { alive, near, nearDistance, size } = this;
    let b = alive[1];
    for (let place = 2; place < alive.length; place++) {
      const i = alive[place];
      if (nearDistance[i] < nearDistance[b]) b = i;
    }
    const a = near[b];
    this.nearest = nearDistance[b];
    for (const c of alive) {
      if (c === a || c === b) continue;
      const average = (size[a] * this.between(a, c) + size[b] * this.between(b, c)) / (size[a] + size[b]);
      this.distance[Math.max(a, c) * this.m + Math.min(a, c)] = average;
    }
    size[a] += size[b];
    alive.splice(alive.indexOf(b), 1);
    this.into[b] = a;
    this.repairNear(a, b);
    return [a, b];
  }

  /** Distance of two different clusters. */
  private between(i: number, j: number): number {
    return i > j ? this.distance[i * this.m + j] : this.distance[j * this.m + i];
  }

  private repairNear(a: number, b: number): void {
    const { alive, near, nearDistance } = this;
    for (let place = 1; place < alive.length; place++) {
      const i = alive[place];
      if (i < a) continue;
      if (i === a || near[i] === a || near[i] === b) this.findNear(place);
      else {
        const now = this.between(i, a);
        const known = nearDistance[i];
        if (now < known || (now === known && a < near[i])) {
          near[i] = a;
          nearDistance[i] = now;
        }
      }
    }
  }

  /** The first of the nearest clusters below. */
  private findNear(place: number): void {
    const { alive, near, distance } = this;
    const row = alive[place] * this.m;
    let best = alive[0];
    for (let other = 1; other < place; other++) {
      if (distance[row + alive[other]] < distance[row + best]) best = alive[other];
    }
    near[alive[place]] = best;
    this.nearDistance[alive[place]] = distance[row + best];
  }
}

/** Mean silhouette (Rousseeuw 1987) of shrinking numbers of clusters, from the sums of each trial's distances to them. */
class Silhouettes {
  private readonly label: Int32Array;
  private readonly size: Float64Array;
  /** Trial-major, one sum per cluster. */
  private readonly sums: Float64Array;
  private readonly clusters: number;
  private readonly place = new Map<number, number>();

  constructor(
    distance: Float64Array,
    label: Int32Array,
    private readonly m: number,
  ) {
    for (const cluster of label) if (!this.place.has(cluster)) this.place.set(cluster, this.place.size);
    this.clusters = this.place.size;
    this.label = label.map((cluster) => this.place.get(cluster)!);
    this.size = new Float64Array(this.clusters);
    this.sums = new Float64Array(m * this.clusters);
    for (let i = 0; i < m; i++) {
      this.size[this.label[i]] += 1;
      // above the diagonal stand the distances of the trials
      for (let j = i + 1; j < m; j++) {
        const d = distance[i * m + j];
        this.sums[i * this.clusters + this.label[j]] += d;
        this.sums[j * this.clusters + this.label[i]] += d;
      }
    }
  }

  merge(kept: number, gone: number): void {
    const { clusters, size, sums, label, m } = this;
    const a = this.place.get(kept)!;
    const b = this.place.get(gone)!;
    this.place.delete(gone);
    size[a] += size[b];
    size[b] = 0;
    for (let i = 0; i < m; i++) {
      sums[i * clusters + a] += sums[i * clusters + b];
      if (label[i] === b) label[i] = a;
    }
  }

  mean(): number {
    const { clusters, size, sums, label, m } = this;
    const places = [...this.place.values()];
    let total = 0;
    for (let i = 0; i < m; i++) {
      const own = label[i];
      if (size[own] === 1) continue;
      const inside = sums[i * clusters + own] / (size[own] - 1);
      let outside = Infinity;
      for (const c of places) if (c !== own) outside = Math.min(outside, sums[i * clusters + c] / size[c]);
      total += (outside - inside) / Math.max(outside, inside, Number.MIN_VALUE);
    }
    return total / m;
  }
}
