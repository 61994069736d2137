import type { ModelPlan, PipelineDocument, StrategyDocument } from '@assay/contracts';
import {
  evaluateBatch,
  lookbackOf,
  modelPlan,
  predictRange,
  type BarColumns,
  type BatchEvaluation,
  type EvaluatorParts,
  type FeatureRuntime,
  type StageMemo,
} from '@assay/domain';
import type { FillRule } from '@assay/quant';
import { featureColumns, type FeatureColumn } from '../features';
import { assertFitted, isImported, outOfSamplePredictions, type RowSource } from '../models';
import { StageCache } from '../stages';
import { firstBarAfter } from './first-bar-after';
import { sharedFit, trainingRows } from './fitted-stages';
import { artifactFor, modelInputIndices } from './parts';

/** A document with its feature columns over the full history, computed once; every evaluation of a fold reads them. */
export interface PreparedStrategy {
  readonly document: StrategyDocument;
  readonly bars: BarColumns;
  readonly lookback: number;
  /** What the model's rows are made of; no features without a model. */
  readonly rowSource: RowSource;
  /** Names the columns of the model's inputs, see `StageMemo`. */
  readonly inputsKey: string;
  /** What is fitted; null where the rules read features alone. */
  readonly plan: ModelPlan | null;
  /** Bars a label looks ahead; 0 without a model. */
  readonly horizon: number;
  readonly parts: EvaluatorParts;
  readonly memo: StageMemo;
}

/** `memo` shares what documents over the same bars have in common; it must belong to these bars. */
export function prepareStrategy(
  document: StrategyDocument,
  bars: BarColumns,
  memo: StageMemo = new StageCache(),
): PreparedStrategy {
  if (document.kind !== 'pipeline') {
    const parts = { features: [], model: null };
    return {
      document,
      bars,
      lookback: lookbackOf(document, parts),
      rowSource: { features: [], close: bars.close, warmUp: 0 },
      inputsKey: '',
      plan: null,
      horizon: 0,
      parts,
      memo,
    };
  }
  const features = featureColumns(document.features, bars, memo);
  const plan = modelPlan(document.model);
  const parts = {
    features: features.map(precomputed),
    model: predictionsOnly(plan),
  };
  const inputs = modelInputIndices(document).map((i) => features[i]!);
  return {
    document,
    bars,
    lookback: lookbackOf(document, parts) + features.reduce((most, one) => Math.max(most, lateOf(one)), 0),
    rowSource: {
      features: inputs.map(({ column }) => column),
      close: bars.close,
      warmUp: inputs.reduce((longest, { lookback }) => Math.max(longest, lookback), 0),
    },
    inputsKey: JSON.stringify(inputs.map(({ key }) => key)),
    plan,
    horizon: plan?.label.horizon ?? 0,
    parts,
    memo,
  };
}

/** Bars by which a feature is later than it says, since some of them do not count. */
const lateOf = ({ lookback, runtime }: FeatureColumn): number => lookback - runtime.lookback;

function precomputed({ runtime, key, column }: FeatureColumn): FeatureRuntime {
  const { name, lookback, scale } = runtime;
  return { name, lookback, scale, key, batch: () => column, stream: () => runtime.stream() };
}

/** Research never lets a fitted artifact predict the bars it was fitted on: predictions come as a column, or are missing. */
function predictionsOnly(plan: ModelPlan | null): EvaluatorParts['model'] {
  return plan === null ? null : { inputs: [...plan.inputs], predict: () => NaN };
}

/** Predictions of all bars (NaN where there is none). */
export interface Predictions {
  values: Float64Array;
  /** Names everything they depend on but the bars; null when that is not known, so that nothing made of them is shared. */
  key: string | null;
}

/** Evaluates all bars with the given predictions; stops and targets depend on where targets are filled. */
export function evaluatePrepared(
  prepared: PreparedStrategy,
  predictions: Predictions | null,
  fill: FillRule = 'next_open',
): BatchEvaluation {
  const { document, parts, bars, memo } = prepared;
  if (predictions === null) return evaluateBatch(document, parts, bars, { memo, fill });
  const { values, key } = predictions;
  return evaluateBatch(document, parts, bars, { memo, fill, predictions: values, predictionsKey: key ?? undefined });
}

/**
 * The predictions of a backtest, all out of sample: up to the artifact's `train_end` by refits on what was known at the
 * time, after it by the artifact. Without artifact by refits throughout. Null without a model.
 */
export function backtestPredictions(prepared: PreparedStrategy, artifact: Uint8Array | null): Predictions | null {
  const { plan, rowSource, bars } = prepared;
  if (plan === null) return null;
  if (artifact === null) return refitPredictions(prepared, plan);
  if (isImported(plan)) return { values: importedPredictions(prepared, artifact), key: null };
  const { model, train } = artifactFor(prepared.document as PipelineDocument, artifact)!;
  const until = firstBarAfter(bars.openTimeMs, train.train_end);
  const values = outOfSamplePredictions(plan, rowSource, { until });
  predictRange(model, rowSource.features, [until, bars.close.length], values);
  return { values, key: null };
}

/**
 * The predictions of a model that was trained elsewhere: NaN before the end of its training, and before bar `from`, which somebody knows
 * already.
 */
export function importedPredictions(prepared: PreparedStrategy, artifact: Uint8Array, from = 0): Float64Array {
  const { document, bars, rowSource } = prepared;
  const { model, train } = artifactFor(document as PipelineDocument, artifact)!;
  const values = new Float64Array(bars.close.length).fill(NaN);
  const first = Math.max(from, firstBarAfter(bars.openTimeMs, train.train_end));
  if (first < values.length) predictRange(model, rowSource.features, [first, values.length], values);
  return values;
}

/** Whether a model is fitted anew in folds; rules alone, and a model that was trained elsewhere, stay what they are. */
export const isRefitted = ({ plan }: Pick<PreparedStrategy, 'plan'>): boolean => plan !== null && !isImported(plan);

/**
 * First bar that may be scored: of a model that was trained elsewhere nothing says what it would have predicted
 * before the end of its training, so those bars are none of its record. 0 for every other.
 */
export function firstOwnBar({ plan, document, bars }: PreparedStrategy, artifact: Uint8Array | null): number {
  if (plan === null || artifact === null || !isImported(plan)) return 0;
  return firstBarAfter(bars.openTimeMs, artifactFor(document as PipelineDocument, artifact)!.train.train_end);
}

function refitPredictions(prepared: PreparedStrategy, plan: ModelPlan): Predictions {
  assertFitted(plan, 'a run without an artifact');
  const { rowSource, memo } = prepared;
  const rows = trainingRows(prepared, plan);
  const { key, fit } = sharedFit(prepared, plan, rows);
  const predicted = `refits ${JSON.stringify(plan.refit)} ${key}`;
  const values = memo.of(predicted, () =>
    outOfSamplePredictions(
      plan,
      rowSource,
      {},
      {
        rows: rows.set,
        fit: (known, at) => fit(`known at ${at}`, () => known),
      },
    ),
  );
  return { values, key: predicted };
}
