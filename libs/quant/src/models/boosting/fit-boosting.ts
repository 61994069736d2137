import { createRng } from '../../random';
import { sigmoid } from '../sigmoid';
import { binColumns } from '../trees/bin-rows';
import type { BinnedColumns } from '../trees/binned-columns';
import { drawAscending } from '../trees/draw-ascending';
import { TreeGrower } from '../trees/grow-tree';
import { TreePredictor, type FittedTrees, type RowPredictor } from '../trees/tree-predictor';
import { leafOf, TreeStore, type Trees } from '../trees/tree-store';
import { checkBoosting, type BoostingOptions } from './boosting-options';
import { ValidationTail } from './validation-tail';

export interface BoostingModel {
  /** Log-odds before the first tree. */
  readonly base: number;
  readonly trees: Trees;
  /** Per column, see `BinnedColumns`. */
  readonly cuts: readonly Float64Array[];
  /** Mean log loss of the validation rows with these trees; NaN without such rows. */
  readonly validationLoss: number;
}

const LEAST_HESSIAN = 1e-16;

/**
 * Gradient boosting of the log loss (Friedman, 2001) with second-order trees on binned columns (Chen and Guestrin,
 * 2016): the log-odds of label 1 are `base` plus, of each tree, `rate` times its leaf. With validation rows the trees
 * after the least validation loss are dropped. Same input and seed, same bits.
 * @throws InvalidInputError that names the option.
 */
export function fitBoosting(options: BoostingOptions): BoostingModel {
  checkBoosting(options);
  const { rows, n, k, labels, weights } = options;
  const binned = binColumns(rows, n, k, options.maxBins);
  const rng = createRng(options.seed);
  const grower = new TreeGrower(binned, options, rng);
  const { order, pairs } = grower.histograms;
  const base = logOdds(labels, weights);
  const scores = new Float64Array(n).fill(base);
  const store = new TreeStore();
  const tail = new ValidationTail(options, binned.cuts, base);
  const sampled = Math.max(1, Math.round(options.rowFraction * n));
  const columns = new Int32Array(Math.max(1, Math.round(options.columnFraction * k)));
  while (store.count < options.trees && !tail.isOver) {
    drawAscending(rng, n, sampled, order);
    drawAscending(rng, k, columns.length, columns);
    for (let i = 0; i < n; i++) {
      const score = scores[i];
      const e = Math.exp(score < 0 ? score : -score);
      const above = 1 / (1 + e);
      const below = e * above;
      const weight = weights === undefined ? 1 : weights[i];
      const p = score < 0 ? below : above;
      pairs[2 * i] = weight * (p - labels[i]);
      pairs[2 * i + 1] = weight * Math.max(above * below, LEAST_HESSIAN);
    }
    grower.grow(sampled, columns);
    store.push(grower.tree, grower.count);
    if (sampled === n) addLeaves(grower, scores);
    else addWalks(grower, binned, scores);
    tail.add(grower.tree);
  }
  const trees = store.first(tail.isUsed ? tail.best : store.count);
  return { base, trees, cuts: binned.cuts, validationLoss: tail.loss };
}

function logOdds(labels: Float64Array, weights?: Float64Array): number {
  let [ones, all] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    const weight = weights === undefined ? 1 : weights[i];
    all += weight;
    ones += weight * labels[i];
  }
  return Math.log(ones / (all - ones));
}

/** Adds the grown tree's leaf to the score of each row: the rows of a leaf lie together. */
function addLeaves({ leaves, leafEnds, leafCount, tree, histograms }: TreeGrower, scores: Float64Array): void {
  const { order } = histograms;
  let i = 0;
  for (let leaf = 0; leaf < leafCount; leaf++) {
    const value = tree.values[leaves[leaf]];
    for (const end = leafEnds[leaf]; i < end; i++) scores[order[i]] += value;
  }
}

/** The same where not all rows are in the tree. */
function addWalks({ tree }: TreeGrower, { codes, n, maxBins }: BinnedColumns, scores: Float64Array): void {
  for (let i = 0; i < n; i++) scores[i] += tree.values[leafOf(tree, codes, n, i, maxBins)];
}

/** The chance of label 1 for the row that begins at rows[at]; a missing value goes the way each split learnt. */
export function boostingPredictor({ base, ...fitted }: FittedTrees & Pick<BoostingModel, 'base'>): RowPredictor {
  const predictor = new TreePredictor(fitted);
  return (rows, at) => sigmoid(predictor.sum(base, rows, at));
}
