import { boostingPredictor, boostingScore, fitBoosting, type BoostingOptions } from '@assay/quant';
import { parametersSchema } from '@assay/contracts';
import { threadHelpers } from '../../helpers';
import { CLASS_WEIGHT, classWeights } from '../class-weights';
import { ofKnownRows } from '../complete-rows';
import { fittedRows } from '../fitted-rows';
import type { ModelContent, ModelPlugin } from '../model-plugin';
import { gainFigures, treeContent, treesOf } from '../trees/tree-content';
import { validationSplit } from '../validation-split';
import { monotoneOf, monotoneSigns } from './monotone';

/** Rows below which no split can be told from chance. */
const LEAST_ROWS = 20;

/** Values below which one thread is as fast as two. */
const LEAST_VALUES = 200_000;

/** Name of the loss on the validation rows; of a regression that of labels of deviation 1. */
const LOSS_OF = { classification: 'validation_log_loss', regression: 'validation_squared_error' } as const;

const lossFigure = (content: ModelContent): Record<string, number> =>
  Object.fromEntries(
    Object.values(LOSS_OF).flatMap((name) => (content[name] === undefined ? [] : [[name, content[name] as number]])),
  );

/** Histogram-based gradient boosting. A missing value goes its own way in each split; a row without any value has no prediction. */
export const gradientBoostingPlugin: ModelPlugin = {
  key: 'gradient_boosting',
  aliases: ['ml.gradient_boosting'],
  version: '2',
  description:
    'gradient-boosted decision trees on binned features, of which some may be missing; predicts the label or its chance',
  tasks: ['classification', 'regression'],
  takesMissing: true,
  parameterSchema: parametersSchema({
    trees: {
      type: 'integer',
      minimum: 1,
      maximum: 2000,
      default: 100,
      description: 'trees at most',
    },
    learning_rate: {
      type: 'number',
      exclusiveMinimum: 0,
      maximum: 1,
      default: 0.1,
      description: "part of each leaf's value that is added",
    },
    max_depth: {
      type: 'integer',
      minimum: 1,
      maximum: 16,
      default: 6,
      description: 'splits on the way to a leaf at most',
    },
    max_leaves: {
      type: 'integer',
      minimum: 2,
      maximum: 1024,
      default: 31,
      description: 'leaves of a tree at most; the split that gains most comes first',
    },
    min_child_weight: {
      type: 'number',
      exclusiveMinimum: 0,
      default: 1,
      description: 'least weight of a leaf: its rows, of a classification each counted p (1 - p)',
    },
    min_split_gain: {
      type: 'number',
      minimum: 0,
      default: 0,
      description:
        'what a split has to take off the summed loss, of a regression half the squared errors of labels of deviation 1',
    },
    l2: {
      type: 'number',
      minimum: 0,
      default: 1,
      description: 'L2 penalty on leaf values',
    },
    row_fraction: {
      type: 'number',
      exclusiveMinimum: 0,
      maximum: 1,
      default: 1,
      description: 'part of the rows that each tree sees',
    },
    column_fraction: {
      type: 'number',
      exclusiveMinimum: 0,
      maximum: 1,
      default: 1,
      description: 'part of the inputs that each tree sees',
    },
    max_bins: {
      type: 'integer',
      minimum: 2,
      maximum: 255,
      default: 64,
      description: 'bins of an input at most',
    },
    monotone: {
      type: 'string',
      minLength: 1,
      pattern: '^(?:none|[+0-]+)$',
      default: 'none',
      description: 'none, or per input + (predictions never fall with it), - (never rise) or 0, as in +0-',
    },
    early_stopping: {
      type: 'integer',
      minimum: 0,
      maximum: 2000,
      default: 0,
      description: 'trees without progress on the validation rows after which it ends; 0 never',
    },
    validation_fraction: {
      type: 'number',
      exclusiveMinimum: 0,
      maximum: 0.5,
      default: 0.2,
      description:
        'part of the rows, the last ones, that early stopping looks at; rows whose label reaches into it are left out',
    },
    class_weight: CLASS_WEIGHT,
  }),
  searchSpace: {
    max_depth: { values: [2, 3, 4, 6], description: 'depths' },
    learning_rate: { values: [0.03, 0.1, 0.3], description: 'learning rates' },
    trees: { values: [50, 100, 200], description: 'numbers of trees' },
    l2: { values: [0, 1, 10], description: 'L2 penalties' },
    min_child_weight: {
      values: [1, 5, 20],
      description: 'least weights of a leaf',
    },
  },
  refit: { every: 63, min_train: 252 },
  leastRows: () => LEAST_ROWS,
  fit(set, params, seed, ways) {
    const patience = params.early_stopping as number;
    const split = patience > 0 ? validationSplit(set, params.validation_fraction as number) : null;
    const fitted = split?.fit ?? set;
    const options: BoostingOptions = {
      ...fittedRows(fitted),
      weights: classWeights(params.class_weight, fitted),
      trees: params.trees as number,
      rate: params.learning_rate as number,
      maxDepth: params.max_depth as number,
      maxLeaves: params.max_leaves as number,
      minChildWeight: params.min_child_weight as number,
      minGain: params.min_split_gain as number,
      l2: params.l2 as number,
      rowFraction: params.row_fraction as number,
      columnFraction: params.column_fraction as number,
      maxBins: params.max_bins as number,
      monotone: monotoneSigns(params.monotone as string, set.columns),
      seed,
      helpers: fitted.rows.length < LEAST_VALUES ? undefined : threadHelpers(ways?.threads),
      validation: split ? { rows: split.tail.rows, labels: split.tail.labels, patience } : undefined,
    };
    const { base, trees, cuts, validationLoss } = fitBoosting(options);
    const stop = split
      ? {
          validation_rows: split.tail.count,
          [LOSS_OF[set.task]]: validationLoss,
        }
      : {};
    return { base, ...treeContent(trees, cuts), ...stop };
  },
  checkInputs: ({ monotone }, inputs) => void monotoneSigns(monotone as string, inputs),
  paramsOf: (params, kept) => ({ ...params, monotone: monotoneOf(params.monotone as string, kept) }),
  load(content, inputs, task) {
    const { base } = content;
    if (!Number.isFinite(base)) throw new Error('base must be a number');
    const model = { base: base as number, ...treesOf(content, inputs) };
    return ofKnownRows(task === 'regression' ? boostingScore(model) : boostingPredictor(model));
  },
  figures(content, inputs) {
    const { sizes, validation_rows: rows } = content;
    const stop: Record<string, number> =
      rows === undefined
        ? {}
        : {
            validation_rows: rows as number,
            ...lossFigure(content),
          };
    return {
      trees: (sizes as number[]).length,
      ...stop,
      ...gainFigures(content, inputs),
    };
  },
};
