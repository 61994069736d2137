import { codeOf } from './binned-columns';
import type { Trees } from './tree-store';

/** What a prediction needs of trees; the cuts are those of the columns they were grown on. */
export interface FittedTrees {
  readonly trees: Omit<Trees, 'gains'>;
  readonly cuts: readonly Float64Array[];
}

/** The prediction for the row that begins at rows[at], default 0. */
export interface RowPredictor {
  (rows: ArrayLike<number>, at?: number): number;
  /** The same, bit for bit, of each of n rows (row-major): faster than one by one. */
  all(rows: Float64Array, n: number): Float64Array;
}

/** Trees walked side by side: each waits for memory alone, together they wait once. */
const ABREAST = 4;

/**
 * Sums what trees say of a row. Rows are put into bins first, then all steps are whole numbers without branches:
 * a leaf is a split whose both ways lead to itself. Without allocation; one order of addition, tree after tree.
 */
export class TreePredictor {
  private readonly codes: Int32Array;
  private readonly roots: Int32Array;
  private readonly depths: Int32Array;
  /** Per node: column << 8 | bin, then the left child. */
  private readonly steps: Int32Array;

  private readonly trees: FittedTrees['trees'];
  private readonly cuts: readonly Float64Array[];

  constructor({ trees, cuts }: FittedTrees) {
    this.trees = trees;
    this.cuts = cuts;
    const { sizes, features, bins, lefts } = trees;
    this.codes = new Int32Array(cuts.length);
    this.roots = new Int32Array(sizes.length);
    this.depths = new Int32Array(sizes.length);
    this.steps = new Int32Array(2 * features.length);
    let root = 0;
    for (let t = 0; t < sizes.length; t++) {
      this.roots[t] = root;
      const depths = new Int32Array(sizes[t]);
      for (let i = 0; i < sizes[t]; i++) {
        const node = root + i;
        const isLeaf = features[node] < 0;
        this.steps[2 * node] = isLeaf ? 0xff : (features[node] << 8) | bins[node];
        this.steps[2 * node + 1] = root + lefts[node];
        if (isLeaf) continue;
        depths[lefts[node]] = depths[lefts[node] + 1] = depths[i] + 1;
        this.depths[t] = Math.max(this.depths[t], depths[i] + 1);
      }
      root += sizes[t];
    }
  }

  /** `start` and the values of the leaves of the row beginning at rows[at]; missing values (NaN) go each split's own way. */
  sum(start: number, rows: ArrayLike<number>, at = 0): number {
    const { cuts, codes } = this;
    let missing = false;
    for (let j = 0; j < cuts.length; j++) {
      const value = rows[at + j];
      codes[j] = codeOf(cuts[j], value);
      missing ||= value !== value;
    }
    return missing ? this.sumMissing(start, rows, at) : this.sumComplete(start);
  }

  private sumComplete(start: number): number {
    const { roots, depths, steps, codes } = this;
    const { values } = this.trees;
    let total = start;
    let t = 0;
    for (; t + ABREAST <= roots.length; t += ABREAST) {
      let a = roots[t];
      let b = roots[t + 1];
      let c = roots[t + 2];
      let d = roots[t + 3];
      const depth = Math.max(depths[t], depths[t + 1], depths[t + 2], depths[t + 3]);
      for (let step = 0; step < depth; step++) {
        const [sa, sb, sc, sd] = [steps[2 * a], steps[2 * b], steps[2 * c], steps[2 * d]];
        a = steps[2 * a + 1] + (((sa & 0xff) - codes[sa >> 8]) >>> 31);
        b = steps[2 * b + 1] + (((sb & 0xff) - codes[sb >> 8]) >>> 31);
        c = steps[2 * c + 1] + (((sc & 0xff) - codes[sc >> 8]) >>> 31);
        d = steps[2 * d + 1] + (((sd & 0xff) - codes[sd >> 8]) >>> 31);
      }
      total += values[a];
      total += values[b];
      total += values[c];
      total += values[d];
    }
    for (; t < roots.length; t++) {
      let node = roots[t];
      for (let step = 0; step < depths[t]; step++) {
        const s = steps[2 * node];
        node = steps[2 * node + 1] + (((s & 0xff) - codes[s >> 8]) >>> 31);
      }
      total += values[node];
    }
    return total;
  }

  private sumMissing(start: number, rows: ArrayLike<number>, at: number): number {
    const { roots, codes, trees } = this;
    let total = start;
    for (let t = 0; t < roots.length; t++) {
      let node = roots[t];
      for (let column = trees.features[node]; column >= 0; column = trees.features[node]) {
        const isMissing = Number.isNaN(rows[at + column]);
        const goesLeft = isMissing ? trees.missingLeft[node] === 1 : codes[column] <= trees.bins[node];
        node = roots[t] + trees.lefts[node] + (goesLeft ? 0 : 1);
      }
      total += trees.values[node];
    }
    return total;
  }
}
