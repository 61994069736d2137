import type { SignalLogEntry } from '../deployment-document';
import type { PolicyName, PolicyVerdict } from '../evidence';
import type { ModelPlan } from '../strategy-document';
import type { Warning } from '../warnings';
import type { ImportedBars } from './imported-bars';
import type { SweepFigures, SweepPayload, SweepResult, SweepShardPayload } from './sweep';

type Refit = ModelPlan['refit'];

export interface GenerateFeaturePayload {
  feature_id: string;
  revision: number;
  source: string;
  symbol: string;
  timeframe: string;
  /** Date or ISO-8601 time, inclusive. */
  start: string | null;
  end: string | null;
}

export interface DatasetSummary {
  count: number;
  missing: number;
  mean: number | null;
  /** Sample standard deviation. */
  std: number | null;
  min: number | null;
  max: number | null;
  /** Linear (type 7), by probability; empty without values. */
  quantiles: Record<string, number>;
}

export interface GeneratedDataset {
  dataset_id: string;
  hash: string;
  rows: number;
  /** True where a dataset of that hash was there already. */
  reused: boolean;
  /** The last rows. */
  preview: { time: string; value: number | null }[];
  summary: DatasetSummary;
}

export interface TrainModelPayload {
  model_id: string;
  revision: number;
  hash: string;
  strategy_id: string | null;
  /** The strategy's version when the training was asked for: the write-back only replaces that. */
  strategy_version: number | null;
  source: string;
  symbol: string;
  timeframe: string;
  start: string | null;
  end: string;
}

/** What became of writing a trained model to its strategy. */
export interface ModelWriteBackResult {
  strategy_id: string;
  attached: boolean;
  /** True where the strategy had changed since the training was asked for, or cannot take the model: nothing was written. */
  conflict: boolean;
  reason: string | null;
  version: number;
}

export interface TrainedModel {
  model_id: string;
  artifact_id: string;
  artifact_uri: string;
  artifact_sha256: string;
  train_end: string;
  metrics: Record<string, number | null>;
  /** Null where the training named no strategy. */
  strategy: ModelWriteBackResult | null;
}

export interface TuneModelPayload {
  model_id: string;
  strategy_id: string;
  revision: number;
  /** Values to try by parameter. */
  values: Record<string, number[]>;
  refit: Refit[] | null;
}

export interface TunedSet {
  index: number;
  /** The values of this set by parameter, and `refit`. */
  params: Record<string, number | Refit>;
  /** Null unless every split has one: a mean over some of them is no fair rank. */
  mean_oos_sharpe: number | null;
  reasons: Record<string, string>;
}

export interface TunedModel {
  sets: number;
  trials: number;
  rows: TunedSet[];
  best: TunedSet | null;
}

export interface GenerateSignalsPayload {
  strategy_id: string;
  revision: number;
}

export interface GeneratedSignals {
  strategy_id: string;
  revision: number;
  /** Bars by target in force, decisions without a signal, and changes of the target. */
  summary: Record<'bars' | 'long' | 'short' | 'flat' | 'before_first' | 'no_signal' | 'changes', number>;
  /** The last rows. */
  preview: Omit<SignalLogEntry, 'evaluated_at' | 'reason' | 'bits'>[];
}

export interface ExecuteBacktestPayload {
  backtest_id: string;
}

export interface ExecutedBacktest {
  backtest_id: string;
  metrics: Record<string, number | null>;
  warnings: Warning[];
}

export interface ValidationPayload {
  validation_id: string;
}

export interface Validated {
  validation_id: string;
  strategy_id: string;
  revision: number;
  summary: Record<string, unknown>;
  gates: Partial<Record<PolicyName, PolicyVerdict>>;
  validated_under: PolicyName[];
  warnings: Warning[];
  [part: string]: unknown;
}

export interface FetchBarsPayload {
  exchange: string;
  source: string;
  symbol: string;
  timeframe: string;
  market: string;
  start: string;
  end: string;
  /** Whether who asked for it may change stored bars. */
  may_correct?: boolean;
}

export interface ResearchJobs {
  'feature.generate': { payload: GenerateFeaturePayload; result: GeneratedDataset };
  'model.train': { payload: TrainModelPayload; result: TrainedModel };
  'model.tune': { payload: TuneModelPayload; result: TunedModel };
  'signal.generate': { payload: GenerateSignalsPayload; result: GeneratedSignals };
  'backtest.execute': { payload: ExecuteBacktestPayload; result: ExecutedBacktest };
  'backtest.sweep': { payload: SweepPayload; result: SweepResult };
  'backtest.sweep_shard': { payload: SweepShardPayload; result: SweepFigures };
  'validation.walk_forward': { payload: ValidationPayload; result: Validated };
  'validation.cpcv': { payload: ValidationPayload; result: Validated };
  'data.import': { payload: FetchBarsPayload; result: ImportedBars };
}
