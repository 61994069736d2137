import { trialDistances } from './trial-distances';

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
 * Time grows with the square of the trials (the distances: times their length), memory is 12 bytes per ordered pair.
 */
export function clusterCount(units: readonly Float64Array[], onProgress?: (fraction: number) => void): number {
  const m = units.length;
  const distance = trialDistances(units, (done) => onProgress?.(DISTANCES_SHARE * done));
  const ofTrials = new PairDistances(distance, m);
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
    silhouettes ??= new Silhouettes(ofTrials, linkage.labels(), m);
    const score = silhouettes.mean();
    if (score > bestScore) {
      bestScore = score;
      best = clusters;
    }
  }
  // the last merge joins everything: when even that distance is nil there is one trial
  return linkage.nearest <= SAME_TRIAL_DISTANCE ? 1 : best;
}

/** Distances of the trials as they were, each pair once. */
class PairDistances {
  private readonly pairs: Float64Array;

  /** @param distance m x m, symmetric */
  constructor(
    distance: Float64Array,
    private readonly m: number,
  ) {
    this.pairs = new Float64Array((m * (m - 1)) / 2);
    for (let i = 0; i < m - 1; i++) this.after(i).set(distance.subarray(i * m + i + 1, (i + 1) * m));
  }

  /** To the trials after one. */
  after(i: number): Float64Array {
    const from = i * (this.m - 1) - (i * (i - 1)) / 2;
    return this.pairs.subarray(from, from + this.m - 1 - i);
  }
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

  /** @param distance m x m, symmetric; it is changed, on both sides, so that rows are read from front to back. */
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
    const { alive, near, nearDistance, size, into } = this;
    let b = alive[1];
    for (let place = 2; place < alive.length; place++) {
      const i = alive[place];
      if (nearDistance[i] < nearDistance[b]) b = i;
    }
    const a = near[b];
    this.nearest = nearDistance[b];
    this.join(a, b);
    size[a] += size[b];
    alive.splice(alive.indexOf(b), 1);
    into[b] = a;
    this.repairNear(a, b);
    return [a, b];
  }

  private join(a: number, b: number): void {
    const { alive, size, distance, m } = this;
    const [rowA, rowB] = [a * m, b * m];
    const [sizeA, sizeB] = [size[a], size[b]];
    const both = sizeA + sizeB;
    for (let place = 0; place < alive.length; place++) {
      const c = alive[place];
      if (c === a || c === b) continue;
      distance[rowA + c] = distance[c * m + a] = (sizeA * distance[rowA + c] + sizeB * distance[rowB + c]) / both;
    }
  }

  private repairNear(a: number, b: number): void {
    const { alive, near, nearDistance, distance, m } = this;
    for (let place = 1; place < alive.length; place++) {
      const i = alive[place];
      if (i < a) continue;
      if (i === a || near[i] === a || near[i] === b) this.findNear(place);
      else {
        const now = distance[a * m + i];
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
    const { alive, near, nearDistance, distance } = this;
    const i = alive[place];
    const row = i * this.m;
    let best = alive[0];
    for (let other = 1; other < place; other++) {
      if (distance[row + alive[other]] < distance[row + best]) best = alive[other];
    }
    near[i] = best;
    nearDistance[i] = distance[row + best];
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
    distances: PairDistances,
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
      const row = distances.after(i);
      for (let j = i + 1; j < m; j++) {
        const d = row[j - i - 1];
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
