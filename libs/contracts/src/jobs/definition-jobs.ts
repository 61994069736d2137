import { must } from '../schema/must';
import { open } from '../schema/objects';
import { figure, integer, revision, uuid } from '../schema/texts';
import type { Stated, Zod } from '../schema/wire-document';
import { refit } from '../refit';
import { warning } from '../warnings';
import { pruningRule, SWEEP_METHODS, sweepSearch } from './sweep';

/** Date or ISO-8601 time, inclusive; null: no bound. */
const bound = (z: Zod) => z.string().nullable();
const series = (z: Zod) => ({ source: z.string(), symbol: z.string(), timeframe: z.string() });
const figures = (z: Zod) => z.record(z.string(), figure(z));

const generateFeaturePayload = (z: Zod) =>
  z.strictObject({
    feature_id: uuid(z),
    revision: revision(z),
    ...series(z),
    start: bound(z),
    end: bound(z),
    /** Features listed before it, which it may read by name. */
    reads: z.array(z.strictObject({ feature_id: uuid(z), revision: revision(z) })).optional(),
  });
export type GenerateFeaturePayload = Stated<typeof generateFeaturePayload>;

const datasetSummary = (z: Zod) =>
  open(z, {
    count: integer(z),
    missing: integer(z),
    mean: figure(z),
    /** Sample standard deviation. */
    std: figure(z),
    min: figure(z),
    max: figure(z),
    /** Linear (type 7), by probability; empty without values. */
    quantiles: z.record(z.string(), z.number()),
  });
export type DatasetSummary = Stated<typeof datasetSummary>;

const generatedDataset = (z: Zod) =>
  open(z, {
    dataset_id: uuid(z),
    hash: z.string(),
    rows: integer(z),
    /** True where a dataset of that hash was there already. */
    reused: z.boolean(),
    /** The last rows. */
    preview: z.array(open(z, { time: z.string(), value: figure(z) })),
    summary: datasetSummary(z),
    /** Absent in results of before there were any. */
    warnings: z.array(warning(z)).optional(),
  });
export type GeneratedDataset = Stated<typeof generatedDataset>;

const trainModelPayload = (z: Zod) =>
  z.strictObject({
    model_id: uuid(z),
    revision: revision(z),
    hash: z.string(),
    strategy_id: uuid(z).nullable(),
    /** The strategy's version when the training was asked for: the write-back only replaces that. */
    strategy_version: integer(z).nullable(),
    ...series(z),
    start: bound(z),
    end: z.string(),
    /** In how many folds the model is judged out of sample; absent: in none. */
    folds: integer(z).min(2).max(20).optional(),
  });
export type TrainModelPayload = Stated<typeof trainModelPayload>;

/** What became of writing a trained model to its strategy. */
const modelWriteBackResult = (z: Zod) =>
  open(z, {
    strategy_id: uuid(z),
    attached: z.boolean(),
    /** True where the strategy had changed since the training was asked for, or cannot take the model: nothing was written. */
    conflict: z.boolean(),
    reason: z.string().nullable(),
    version: integer(z),
  });
export type ModelWriteBackResult = Stated<typeof modelWriteBackResult>;

/** How a model describes one part of the training rows by a fit on the others. */
const modelFold = (z: Zod) =>
  open(z, {
    /** Open times of the first and last bar that was judged. */
    from: z.string(),
    to: z.string(),
    rows: integer(z),
    fitted_rows: integer(z),
    /** Null where the other rows determine no model. */
    metrics: figures(z).nullable(),
    /** By input, by how much the loss rises with its values shuffled. */
    importance: figures(z),
    /** The inputs that its fit has chosen; absent where the model chooses none. */
    selected: z.array(z.string()).optional(),
  });
export type ModelFold = Stated<typeof modelFold>;

const trainedModel = (z: Zod) =>
  open(z, {
    model_id: uuid(z),
    artifact_id: uuid(z),
    artifact_uri: z.string(),
    artifact_sha256: z.string(),
    train_end: z.string(),
    metrics: figures(z),
    /** Absent where it was not judged in folds, and of trainings before they were kept one by one. */
    folds: z.array(modelFold(z)).optional(),
    /** Null where the training named no strategy. */
    strategy: modelWriteBackResult(z).nullable(),
  });
export type TrainedModel = Stated<typeof trainedModel>;

const tuneModelPayload = (z: Zod) =>
  z.strictObject({
    model_id: uuid(z),
    strategy_id: uuid(z),
    revision: revision(z),
    /** Values to try by parameter. */
    values: z.record(z.string(), z.array(z.number())),
    refit: z.array(refit(z)).nullable(),
    /** Which of the sets are tried; absent: all, none of them given up. */
    search: sweepSearch(z).optional(),
    prune: pruningRule(z).optional(),
  });
export type TuneModelPayload = Stated<typeof tuneModelPayload>;

const tunedSet = (z: Zod) =>
  open(z, {
    index: integer(z),
    /** The values of this set by parameter, and `refit`. */
    params: z.record(z.string(), z.union([z.number(), refit(z)], must('type', 'be a number or a refit schedule'))),
    /** Null unless every split has one: a mean over some of them is no fair rank. */
    mean_oos_sharpe: figure(z),
    reasons: z.record(z.string(), z.string()),
    /** After so many splits it was given up; absent of a set that was not. */
    given_up_after: integer(z).optional(),
  });
export type TunedSet = Stated<typeof tunedSet>;

const tunedModel = (z: Zod) =>
  open(z, {
    sets: integer(z),
    trials: integer(z),
    rows: z.array(tunedSet(z)),
    best: tunedSet(z).nullable(),
    /** Which of the sets that there are were tried; absent where all were, and none was given up. */
    search: open(z, {
      method: z.enum(SWEEP_METHODS),
      seed: integer(z).nullable(),
      /** How many there are. */
      sets: integer(z),
      given_up: integer(z),
    }).optional(),
  });
export type TunedModel = Stated<typeof tunedModel>;

const generateSignalsPayload = (z: Zod) => z.strictObject({ strategy_id: uuid(z), revision: revision(z) });
export type GenerateSignalsPayload = Stated<typeof generateSignalsPayload>;

const generatedSignals = (z: Zod) =>
  open(z, {
    strategy_id: uuid(z),
    revision: revision(z),
    /** Bars by target in force, decisions without a signal, and changes of the target. */
    summary: z.record(z.enum(['bars', 'long', 'short', 'flat', 'before_first', 'no_signal', 'changes']), integer(z)),
    /** The last rows. */
    preview: z.array(
      open(z, {
        bar_time: z.string(),
        features: figures(z),
        prediction: figure(z),
        /** Target in force after this bar: -1, 0, 1, or null before the first. */
        signal: figure(z),
        weight: figure(z),
        decision: z.enum(['target', 'keep', 'no_signal']),
      }),
    ),
  });
export type GeneratedSignals = Stated<typeof generatedSignals>;

const explainSignalPayload = (z: Zod) => z.strictObject({ strategy_id: uuid(z), revision: revision(z), at: bound(z) });
export type ExplainSignalPayload = Stated<typeof explainSignalPayload>;

/** A node of a rule tree with what it compared; a branch has `combinator` and `rules`, a comparison the others. */
export interface ExplainedRule {
  path: string;
  truth: 'true' | 'false' | 'unknown';
  combinator?: string;
  rules?: ExplainedRule[];
  rule?: string;
  left?: number | null;
  right?: number | null;
  before?: { left: number | null; right: number | null };
  why?: string;
}

const explainedBar = (z: Zod) =>
  open(z, {
    bar_time: z.string(),
    /** Place of the bar, and the bars before which no target stands. */
    index: integer(z),
    lookback: integer(z),
    close: figure(z),
    decision: z.enum(['target', 'keep', 'no_signal']),
    /** What decided, in words. */
    why: z.string(),
    /** In force after the bar: -1, 0, 1, or null before the first. */
    signal: figure(z),
    weight: figure(z),
    /** As the document has it, and the weight in force by unit of the signal; null while flat. */
    sizing: z.looseObject({ kind: z.string(), size: figure(z) }),
    features: figures(z),
    prediction: figure(z),
    /** Groups of a rule tree in their order, each with its rules as `ExplainedRule`s; null of other documents. */
    groups: z
      .array(
        z.looseObject({
          action: z.string(),
          reached: z.boolean(),
          decides: z.boolean(),
          path: z.string(),
          truth: z.string(),
        }),
      )
      .nullable(),
    substrategies: z
      .array(
        open(z, {
          path: z.string(),
          feature: z.string(),
          value: figure(z),
          signal_function: z.string(),
          threshold: z.number(),
          signal: figure(z),
        }),
      )
      .nullable(),
  });
export type ExplainedBar = Stated<typeof explainedBar>;

/** Jobs on definitions: features, models, signal logic. */
export const DEFINITION_JOBS = {
  'feature.generate': { payload: generateFeaturePayload, result: generatedDataset },
  'model.train': { payload: trainModelPayload, result: trainedModel },
  'model.tune': { payload: tuneModelPayload, result: tunedModel, shards: 'backtest.sweep_shard' },
  'signal.generate': { payload: generateSignalsPayload, result: generatedSignals },
  'signal.explain': { payload: explainSignalPayload, result: explainedBar },
} as const;
