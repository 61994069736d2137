import { requireThat } from '../../errors/invalid-input';
import { SequentialBootstrap, type LabelSpans } from '../../labels';
import { createRng, type Rng } from '../../random';
import { describeColumns } from '../trees/best-split';
import { binColumns } from '../trees/bin-rows';
import { slotsOf, TreeGrower, type TreeOptions } from '../trees/grow-tree';
import { Histograms } from '../trees/histograms';
import { rowPredictor } from '../trees/block-predictor';
import type { FittedTrees, RowPredictor } from '../trees/tree-predictor';
import { checkTreeRows, type TreeRows } from '../trees/tree-rows';
import { leafOf, TreeStore, type Trees } from '../trees/tree-store';

export interface ForestOptions extends TreeRows {
  readonly trees: number;
  readonly maxDepth: number;
  /** Least rows of a leaf, drawn ones counted as often as they were drawn (weighted by `weights`). */
  readonly minLeaf: number;
  /** Columns that each node tries, 1 to k. */
  readonly columnsPerNode: number;
  /** What the labels rest on: rows are then drawn by the sequential bootstrap. Default: each with the same chance. */
  readonly spans?: LabelSpans;
  readonly seed: number;
}

export interface ForestModel {
  readonly trees: Trees;
  readonly cuts: readonly Float64Array[];
  /** Per row, the mean of the trees that did not draw it; NaN where all did. */
  readonly outOfBag: Float64Array;
}

/**
 * Random forest (Breiman, 2001) of trees on binned columns: each grows on n rows drawn with replacement and splits by the
 * variance, which for two labels is half the Gini impurity; its leaves say the mean label, the forest their mean. The
 * trees of gradient boosting serve, with gradient -y and hessian 1 for each draw.
 * Same input and seed, same bits.
 * @throws InvalidInputError that names the option.
 */
export function fitForest(options: ForestOptions): ForestModel {
  check(options);
  const { rows, n, k, labels, weights, minLeaf: minChildWeight, maxDepth, columnsPerNode } = options;
  const binned = binColumns(rows, n, k, options.maxBins);
  const rules = {
    l2: 0,
    minChildWeight,
    minGain: 0,
    monotone: new Int8Array(0),
    rate: 1,
  };
  const growing: TreeOptions = {
    ...rules,
    maxDepth,
    maxLeaves: Infinity,
    columnsPerNode,
  };
  const rng = createRng(options.seed);
  const histograms = Histograms.of(binned, slotsOf(growing, n));
  describeColumns(histograms, binned, growing.monotone);
  const grower = new TreeGrower(histograms, growing, { rng });
  const { order, pairs } = histograms;
  const columns = Int32Array.from({ length: k }, (_, j) => j);
  const draws = new Int32Array(n);
  const sequential = options.spans === undefined ? null : new SequentialBootstrap(options.spans);
  const outside = new OutOfBag(n);
  const store = new TreeStore();
  for (let t = 0; t < options.trees; t++) {
    if (sequential === null) drawWithReplacement(rng, draws);
    else sequential.draw(rng, draws);
    let drawn = 0;
    for (let i = 0; i < n; i++) {
      if (draws[i] === 0) continue;
      order[drawn++] = i;
      const weight = draws[i] * (weights === undefined ? 1 : weights[i]);
      pairs[2 * i] = -weight * labels[i];
      pairs[2 * i + 1] = weight;
    }
    grower.grow(drawn, columns);
    store.push(grower.tree, grower.count);
    for (let i = 0; i < n; i++)
      if (draws[i] === 0) outside.add(i, grower.tree.values[leafOf(grower.tree, binned.codes, n, i, binned.maxBins)]);
  }
  histograms.memory.release();
  return { trees: store.first(), cuts: binned.cuts, outOfBag: outside.means() };
}

/** How often each of n rows is taken by n draws. */
function drawWithReplacement(rng: Rng, draws: Int32Array): void {
  draws.fill(0);
  for (let i = 0; i < draws.length; i++) draws[rng.int(draws.length)]++;
}

/** Means of what the trees say that did not draw a row. */
class OutOfBag {
  private readonly sums: Float64Array;
  private readonly counts: Int32Array;

  constructor(n: number) {
    this.sums = new Float64Array(n);
    this.counts = new Int32Array(n);
  }

  add(row: number, value: number): void {
    this.sums[row] += value;
    this.counts[row]++;
  }

  means(): Float64Array {
    return this.sums.map((sum, row) => sum / this.counts[row]);
  }
}

function check(options: ForestOptions): void {
  checkTreeRows(options);
  const { k, trees, maxDepth, minLeaf, columnsPerNode } = options;
  requireThat(Number.isInteger(trees) && trees >= 1, 'trees', 'an integer of at least 1', trees);
  requireThat(Number.isInteger(maxDepth) && maxDepth >= 1, 'maxDepth', 'an integer of at least 1', maxDepth);
  requireThat(minLeaf > 0, 'minLeaf', 'positive', minLeaf);
  const isColumns = Number.isInteger(columnsPerNode) && columnsPerNode >= 1 && columnsPerNode <= k;
  requireThat(isColumns, 'columnsPerNode', `an integer from 1 to ${k}`, columnsPerNode);
}

/** The mean label, of two classes the chance of 1, for the row that begins at rows[at]: the mean of the trees. */
export function forestPredictor(fitted: FittedTrees): RowPredictor {
  const count = fitted.trees.sizes.length;
  return rowPredictor(fitted, 0, (sum) => sum / count);
}
