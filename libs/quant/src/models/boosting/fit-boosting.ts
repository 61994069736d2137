import { createRng } from '../../random';
import { sigmoid } from '../sigmoid';
import { describeColumns } from '../trees/best-split';
import { binInto } from '../trees/bin-rows';
import { drawAscending } from '../trees/draw-ascending';
import { slotsOf, TreeGrower } from '../trees/grow-tree';
import { HistogramMemory } from '../trees/histogram-memory';
import { Histograms } from '../trees/histograms';
import { rowPredictor } from '../trees/block-predictor';
import type { FittedTrees, RowPredictor } from '../trees/tree-predictor';
import { TreeStore, type Trees } from '../trees/tree-store';
import { addLeaves, addWalks } from './add-tree';
import { BoostingTeam } from './boosting-team';
import { placeRows, rowNumbersOf } from './boosting-rows';
import { checkBoosting, type BoostingOptions } from './boosting-options';
import { writePairs } from './gradient-pairs';
import { ValidationTail } from './validation-tail';

export interface BoostingModel {
  /** What is said before the first tree: log-odds, of a regression the mean label. */
  readonly base: number;
  readonly trees: Trees;
  /** Per column, see `BinnedColumns`. */
  readonly cuts: readonly Float64Array[];
  /** Mean log loss of the validation rows with these trees, of a regression the mean squared error; NaN without such rows. */
  readonly validationLoss: number;
}

/**
 * Gradient boosting of the log loss (Friedman, 2001) with second-order trees on binned columns (Chen and Guestrin,
 * 2016): the log-odds of label 1 are `base` plus, of each tree, `rate` times its leaf. A regression does the same with half
 * the squared error and the label itself. With validation rows the trees after the least validation loss are dropped. Same
 * input and seed, same bits, on any number of threads.
 * @throws InvalidInputError that names the option; HelperLost where a helper ends, or does not answer, while it has work.
 */
export function fitBoosting(options: BoostingOptions): BoostingModel {
  checkBoosting(options);
  const team = BoostingTeam.gather(options);
  try {
    return fit(options, team);
  } finally {
    team?.close();
  }
}

function fit(options: BoostingOptions, team: BoostingTeam | null): BoostingModel {
  const { rows, n, k, labels, weights } = options;
  const { maxBins } = options;
  const rowNumbers = rowNumbersOf(options);
  const histograms =
    team?.histograms ?? new Histograms(HistogramMemory.own({ n, k, maxBins, slots: slotsOf(options, n), rowNumbers }));
  const { order, memory } = histograms;
  const binned = team ? team.binColumns() : binInto(memory, rows);
  describeColumns(histograms, binned, options.monotone);
  const grower = new TreeGrower(histograms, options, { team, slots: team?.slots });
  const { isRegression = false } = options;
  const mean = weightedMean(labels, weights);
  const base = isRegression ? mean.sum / mean.all : Math.log(mean.sum / (mean.all - mean.sum));
  placeRows(memory, options, base);
  const store = new TreeStore();
  const tail = new ValidationTail(options, binned.cuts, base);
  const rng = createRng(options.seed);
  const sampled = Math.max(1, Math.round(options.rowFraction * n));
  const columns = new Int32Array(Math.max(1, Math.round(options.columnFraction * k)));
  let grown = 0;
  const keep = (): void => {
    if (grown === store.count) return;
    store.push(grower.tree, grower.count);
    tail.add(grower.tree);
  };
  while (grown < options.trees) {
    const before = grown > 0 ? grower : null;
    if (team) team.nextPairs(before, sampled === n, keep);
    else {
      keep();
      if (before !== null && sampled === n) addLeaves(before, memory, 0, n);
      else if (before !== null) addWalks(before.tree, memory, 0, n);
      writePairs(memory, isRegression, 0, n);
    }
    if (tail.isOver) break;
    if (sampled < n) drawAscending(rng, n, sampled, order);
    drawAscending(rng, k, columns.length, columns);
    grower.grow(sampled, columns);
    grown++;
  }
  keep();
  memory.release();
  const trees = store.first(tail.isUsed ? tail.best : store.count);
  return { base, trees, cuts: binned.cuts, validationLoss: tail.loss };
}

function weightedMean(labels: Float64Array, weights?: Float64Array): { sum: number; all: number } {
  let [sum, all] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    const weight = weights === undefined ? 1 : weights[i];
    all += weight;
    sum += weight * labels[i];
  }
  return { sum, all };
}

/** The score of the row that begins at rows[at], of a regression the prediction; a missing value goes the way each split learnt. */
export function boostingScore({ base, ...fitted }: FittedTrees & Pick<BoostingModel, 'base'>): RowPredictor {
  return rowPredictor(fitted, base, (score) => score);
}

/** The chance of label 1 for the row that begins at rows[at]. */
export function boostingPredictor({ base, ...fitted }: FittedTrees & Pick<BoostingModel, 'base'>): RowPredictor {
  return rowPredictor(fitted, base, sigmoid);
}
