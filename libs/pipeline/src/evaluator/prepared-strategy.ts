import type { PipelineDocument, StrategyDocument } from '@assay/contracts';
import {
  evaluateBatch,
  lookbackOf,
  type BarColumns,
  type BatchEvaluation,
  type EvaluatorParts,
  type FeatureRuntime,
} from '@assay/domain';
import { createColumnCache, featureRuntime, type ColumnCache } from '../features';
import { decodeArtifact, outOfSamplePredictions, predictRange, type LogisticSpec } from '../models';
import { firstBarAfter } from './first-bar-after';
import { modelFor, modelInputIndices } from './parts';

/** A document with its feature columns over the full history, computed once; every evaluation of a fold reads them. */
export interface PreparedStrategy {
  readonly document: StrategyDocument;
  readonly bars: BarColumns;
  readonly lookback: number;
  /** Columns of the model's inputs, empty without a model. */
  readonly modelInputs: readonly Float64Array[];
  readonly logistic: LogisticSpec | null;
  /** Bars a label looks ahead; 0 without a model. */
  readonly horizon: number;
  readonly parts: EvaluatorParts;
}

/** `cache` shares feature columns between documents; it must belong to the same bars. */
export function prepareStrategy(
  document: StrategyDocument,
  bars: BarColumns,
  cache: ColumnCache = createColumnCache(bars),
): PreparedStrategy {
  if (document.kind !== 'pipeline') {
    const parts = { features: [], model: null };
    return {
      document,
      bars,
      lookback: lookbackOf(document, parts),
      modelInputs: [],
      logistic: null,
      horizon: 0,
      parts,
    };
  }
  const columns = document.features.map((spec) => cache.columnOf(spec));
  const logistic = document.model.kind === 'logistic' ? document.model : null;
  const parts = {
    features: document.features.map((spec, i) => precomputed(featureRuntime(spec), columns[i]!)),
    model: predictionsOnly(logistic),
  };
  return {
    document,
    bars,
    lookback: lookbackOf(document, parts),
    modelInputs: modelInputIndices(document).map((i) => columns[i]!),
    logistic,
    horizon: logistic?.label.horizon ?? 0,
    parts,
  };
}

function precomputed(feature: FeatureRuntime, column: Float64Array): FeatureRuntime {
  return { name: feature.name, lookback: feature.lookback, batch: () => column, stream: () => feature.stream() };
}

/** Research never lets a fitted artifact predict the bars it was fitted on: predictions come as a column, or are missing. */
function predictionsOnly(spec: LogisticSpec | null): EvaluatorParts['model'] {
  return spec === null ? null : { inputs: [...spec.inputs], predict: () => NaN };
}

/** Evaluates all bars with the given predictions (NaN where there is none). */
export function evaluatePrepared(prepared: PreparedStrategy, predictions: Float64Array | null): BatchEvaluation {
  const { document, parts, bars } = prepared;
  return predictions === null
    ? evaluateBatch(document, parts, bars)
    : evaluateBatch(document, parts, bars, { predictions });
}

/**
 * The predictions of a backtest, all out of sample: up to the artifact's `train_end` by refits on what was known at the
 * time, after it by the artifact. Without artifact by refits throughout. Null without a model.
 */
export function backtestPredictions(prepared: PreparedStrategy, artifact: Uint8Array | null): Float64Array | null {
  const { logistic, modelInputs, bars } = prepared;
  if (logistic === null) return null;
  const n = bars.close.length;
  if (artifact === null) return outOfSamplePredictions(logistic, modelInputs, bars.close);
  const model = modelFor(prepared.document as PipelineDocument, artifact)!;
  const until = firstBarAfter(bars.openTimeMs, decodeArtifact(artifact).train.train_end);
  const predictions = outOfSamplePredictions(logistic, modelInputs, bars.close, { until });
  predictRange(model, modelInputs, [until, n], predictions);
  return predictions;
}
