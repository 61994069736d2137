import { fitForest, forestPredictor } from '@assay/quant';
import { parametersSchema } from '@assay/contracts';
import { CLASS_WEIGHT, classWeights } from '../class-weights';
import { fittedRows } from '../fitted-rows';
import type { ModelPlugin } from '../model-plugin';
import type { TrainingSet } from '../training-set';
import { ofCompleteRows } from '../complete-rows';
import { gainFigures, treeContent, treesOf } from '../trees/tree-content';

const LEAST_ROWS = 20;
const COLUMNS: Readonly<Record<string, (inputs: number) => number>> = {
  sqrt: (inputs) => Math.sqrt(inputs),
  log2: (inputs) => Math.log2(inputs),
  all: (inputs) => inputs,
};

/** What the trees say of the rows they did not draw; of a regression the error is one of labels of deviation 1. */
const OUT_OF_BAG = ['oob_rows', 'oob_accuracy', 'oob_log_loss', 'oob_squared_error'];

/** Random forest on binned features. An incomplete row has no prediction, as with every kind. */
export const randomForestPlugin: ModelPlugin = {
  key: 'random_forest',
  aliases: ['ml.random_forest'],
  version: '1',
  description: 'random forest on binned features; predicts the mean of its trees, of two classes the chance of label 1',
  tasks: ['classification', 'regression'],
  drawsRows: true,
  parameterSchema: parametersSchema({
    trees: {
      type: 'integer',
      minimum: 1,
      maximum: 1000,
      default: 100,
      description: 'trees',
    },
    max_depth: {
      type: 'integer',
      minimum: 1,
      maximum: 16,
      default: 8,
      description: 'splits on the way to a leaf at most',
    },
    min_leaf: {
      type: 'integer',
      minimum: 1,
      maximum: 100_000,
      default: 5,
      description: 'least drawn rows of a leaf',
    },
    max_features: {
      type: 'string',
      enum: Object.keys(COLUMNS),
      default: 'sqrt',
      description: 'inputs that each split tries, drawn anew: all of them, or their square root or binary logarithm',
    },
    max_bins: {
      type: 'integer',
      minimum: 2,
      maximum: 255,
      default: 64,
      description: 'bins of an input at most',
    },
    class_weight: CLASS_WEIGHT,
  }),
  searchSpace: {
    max_depth: { values: [4, 6, 8, 12], description: 'depths' },
    min_leaf: { values: [1, 5, 20, 50], description: 'least rows of a leaf' },
    trees: { values: [50, 100, 200], description: 'numbers of trees' },
  },
  refit: { every: 63, min_train: 252 },
  leastRows: () => LEAST_ROWS,
  fit(set, params, seed, { bootstrap } = {}) {
    const { trees, cuts, outOfBag } = fitForest({
      ...fittedRows(set),
      weights: classWeights(params.class_weight, set),
      spans: bootstrap === 'sequential' ? { starts: set.bar, ends: set.end } : undefined,
      trees: params.trees as number,
      maxDepth: params.max_depth as number,
      minLeaf: params.min_leaf as number,
      columnsPerNode: Math.max(1, Math.floor(COLUMNS[params.max_features as string]!(set.columns))),
      maxBins: params.max_bins as number,
      seed,
    });
    return {
      ...treeContent(trees, cuts),
      ...outOfBagFigures(outOfBag, set),
    };
  },
  load(content, inputs) {
    const fitted = treesOf(content, inputs);
    if (fitted.trees.sizes.length === 0) throw new Error('there must be at least one tree');
    return ofCompleteRows(forestPredictor(fitted));
  },
  figures(content, inputs) {
    const outside = OUT_OF_BAG.flatMap((name) =>
      content[name] === undefined ? [] : [[name, content[name] as number]],
    );
    return {
      trees: (content.sizes as number[]).length,
      ...Object.fromEntries(outside),
      ...gainFigures(content, inputs),
    };
  },
};

/** A share of 0 or 1 of so many trees says no more than this. */
const FLOOR = 1e-15;

function outOfBagFigures(outOfBag: Float64Array, { labels, task }: TrainingSet): Record<string, number> {
  let [rows, hits, loss, squares] = [0, 0, 0, 0];
  for (let i = 0; i < labels.length; i++) {
    const p = outOfBag[i]!;
    if (Number.isNaN(p)) continue;
    rows++;
    squares += (p - labels[i]!) ** 2;
    hits += Number(p > 0.5 === (labels[i] === 1));
    loss -= Math.log(Math.max(labels[i] === 1 ? p : 1 - p, FLOOR));
  }
  if (rows === 0) return { oob_rows: 0 };
  if (task === 'regression') return { oob_rows: rows, oob_squared_error: squares / rows };
  return { oob_rows: rows, oob_accuracy: hits / rows, oob_log_loss: loss / rows };
}
