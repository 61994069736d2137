import type { FillRule, Interventions, ProtectiveLevels, ProtectiveReason, TieScale } from '@assay/quant';
import type { Bar, BarColumns } from '../ports';

/** A causal feature column: value i depends on bars 0..i alone. Batch and stream give the same bits. */
export interface FeatureRuntime {
  readonly name: string;
  /** Leading bars without a value. */
  readonly lookback: number;
  /** The same over given bars, where some may not count, such as those outside of sessions; absent where all do. */
  lookbackOver?(bars: BarColumns): number;
  /** What its values are measured in, which decides when two of them are the same. */
  readonly scale: TieScale;
  /** Names everything its values depend on but the bars. A feature without it is never shared, see `StageMemo`. */
  readonly key?: string;
  batch(bars: BarColumns): Float64Array;
  stream(): FeatureStream;
}

export interface FeatureStream {
  update(bar: Bar): number;
  /** The complete state; its length does not change. */
  save(): Float64Array;
  load(state: Float64Array): void;
}

/** A fitted model. A NaN in the rows gives NaN. */
export interface ModelRuntime {
  /** Feature names in the order of the row. */
  readonly inputs: readonly string[];
  /** How many bars' rows a prediction reads; default 1, the bar's own. */
  readonly window?: number;
  /** From the rows of the last `window` bars one after the other, oldest first. */
  predict(rows: Float64Array): number;
  /** The same, bit for bit, of each of n bars' own rows: of a model with a window of 1 that is faster at many. */
  predictAll?(rows: Float64Array, n: number): Float64Array;
}

/** What a pipeline document refers to, brought to life by its runtime. A substrategies document needs none. */
export interface EvaluatorParts {
  features: readonly FeatureRuntime[];
  model: ModelRuntime | null;
  /** Annualisation of the sizing; by default that of the document's timeframe and trading period. */
  periodsPerYear?: number;
}

/** What a bar decided: a new or confirmed target, none of the rules spoke, or an input was missing. */
export const DECISIONS = ['no_signal', 'keep', 'target'] as const;
export type DecisionKind = (typeof DECISIONS)[number];

/** The evaluator's answer to one closed bar. */
export interface Decision {
  openTimeMs: number;
  /** In the order of `featureNames`; NaN where missing. */
  features: Float64Array;
  /** NaN without a model. */
  prediction: number;
  /** Target in force after this bar: -1, 0 or 1; NaN before the first. */
  signal: number;
  /** Weight in force after this bar, signal x size; 0 before the first target. */
  weight: number;
  decision: DecisionKind;
  /** `insufficient_data` or `size_undefined` where there is no signal, else null. */
  reason: NoSignalReason | null;
  /** Which of its own rules ended the position in this bar or at its close; null: none. */
  exit: ProtectiveReason | null;
  /** At which price an entry order of its own was filled in this bar; null: none was. */
  entry: number | null;
}
export type NoSignalReason = 'insufficient_data' | 'size_undefined';

/** Everything a stream needs to go on, bit for bit. */
export interface EvaluatorState {
  version: 1;
  /** Bars taken so far. */
  bars: number;
  data: Float64Array;
}

export interface StreamingEvaluator {
  readonly featureNames: readonly string[];
  /** Takes the next closed bar. */
  update(bar: Bar): Decision;
  save(): EvaluatorState;
  /** Stop and target in force in the next bar, and the entry order that rests in it; null where there is none of them. */
  levels(): ProtectiveLevels | null;
  /** Throws RangeError when the state is not one of this document's. */
  load(state: EvaluatorState): void;
}

/** One value per bar and column. */
export interface BatchEvaluation {
  featureNames: readonly string[];
  features: Float64Array[];
  predictions: Float64Array;
  signals: Float64Array;
  weights: Float64Array;
  /** Index into `DECISIONS`. */
  decisions: Uint8Array;
  /** What stops, targets and entry orders do beside the weights; absent where the document has none. */
  interventions?: Interventions;
}

/**
 * Keeps what batch evaluations of the same bars have in common, such as the columns of documents that differ in their
 * sizing alone. A key names everything a result depends on but the bars; nobody writes to a result.
 */
export interface StageMemo {
  of<T>(key: string, make: () => T): T;
  /** True when `of` would not have to make it now. */
  has(key: string): boolean;
}

export interface BatchOptions {
  /**
   * Predictions to use instead of the model's for bars before `predictionsTo`; NaN there is a missing prediction and
   * never falls back to the model, which may have seen those bars.
   */
  predictions?: Float64Array;
  /** Default: all bars. */
  predictionsTo?: number;
  /** Names everything that `predictions` depends on but the bars; without it nothing that reads them is shared. */
  predictionsKey?: string;
  /** Where targets are filled, on which stops and targets depend; default `next_open`, as in trade. */
  fill?: FillRule;
  /** Results of other evaluations of the same bars; default: none are shared. */
  memo?: StageMemo;
}
