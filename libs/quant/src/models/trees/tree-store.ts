/** Trees, one after the other in flat arrays. The two children of a split lie side by side: `left` and `left + 1`. */
export interface Trees {
  /** Nodes per tree; the root is the first of them. */
  readonly sizes: Int32Array;
  /** Column of the split; -1 for a leaf. */
  readonly features: Int32Array;
  /** Codes up to this one go left. */
  readonly bins: Uint8Array;
  /** Counted from the tree's own root. */
  readonly lefts: Int32Array;
  /** 1 where a missing value goes left. */
  readonly missingLeft: Uint8Array;
  /** What a leaf says; 0 at splits. */
  readonly values: Float64Array;
  /** By how much each split improved the objective; 0 at leaves. */
  readonly gains: Float64Array;
}

/** The nodes of one tree. */
export type Tree = Omit<Trees, 'sizes'>;

/** A tree as it is grown: of each leaf, where its rows end in the order of the rows. */
export interface GrownTree extends Tree {
  readonly ends: Int32Array;
}

/** The leaf of row `row` of column-major codes of n rows. */
export function leafOf(tree: Tree, codes: Uint8Array, n: number, row: number, maxBins: number): number {
  let node = 0;
  for (let column = tree.features[0]; column >= 0; column = tree.features[node]) {
    const code = codes[column * n + row];
    const goesLeft = code <= tree.bins[node] ? 1 : code === maxBins ? tree.missingLeft[node] : 0;
    node = tree.lefts[node] + 1 - goesLeft;
  }
  return node;
}

/** Grows by whole trees. */
export class TreeStore {
  private capacity = 1024;
  private size = 0;
  private readonly counts: number[] = [];
  private trees: Tree = allocate(this.capacity);

  get count(): number {
    return this.counts.length;
  }

  /** Takes the first `count` nodes of a tree. */
  push(tree: Tree, count: number): void {
    while (this.size + count > this.capacity) this.capacity *= 2;
    if (this.capacity > this.trees.features.length) {
      const grown = allocate(this.capacity);
      copy(this.trees, this.size, grown, 0);
      this.trees = grown;
    }
    copy(tree, count, this.trees, this.size);
    this.size += count;
    this.counts.push(count);
  }

  /** The first so many trees. */
  first(trees = this.counts.length): Trees {
    const sizes = Int32Array.from(this.counts.slice(0, trees));
    const nodes = sizes.reduce((sum, size) => sum + size, 0);
    const { features, bins, lefts, missingLeft, values, gains } = this.trees;
    return {
      sizes,
      features: features.slice(0, nodes),
      bins: bins.slice(0, nodes),
      lefts: lefts.slice(0, nodes),
      missingLeft: missingLeft.slice(0, nodes),
      values: values.slice(0, nodes),
      gains: gains.slice(0, nodes),
    };
  }
}

export function allocate(nodes: number): Tree {
  return {
    features: new Int32Array(nodes),
    bins: new Uint8Array(nodes),
    lefts: new Int32Array(nodes),
    missingLeft: new Uint8Array(nodes),
    values: new Float64Array(nodes),
    gains: new Float64Array(nodes),
  };
}

function copy(from: Tree, count: number, to: Tree, at: number): void {
  to.features.set(from.features.subarray(0, count), at);
  to.bins.set(from.bins.subarray(0, count), at);
  to.lefts.set(from.lefts.subarray(0, count), at);
  to.missingLeft.set(from.missingLeft.subarray(0, count), at);
  to.values.set(from.values.subarray(0, count), at);
  to.gains.set(from.gains.subarray(0, count), at);
}

/** The part of each of k columns in what all splits gained, in sum 1; all 0 without a split. */
export function gainShares({ features, gains }: Trees, k: number): Float64Array {
  const shares = new Float64Array(k);
  let total = 0;
  for (let node = 0; node < features.length; node++) {
    if (features[node] < 0) continue;
    shares[features[node]] += gains[node];
    total += gains[node];
  }
  return total > 0 ? shares.map((gain) => gain / total) : shares;
}
