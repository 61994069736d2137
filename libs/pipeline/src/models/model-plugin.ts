import type { ModelPlan, ModelTask, ParametersSchema, ParameterValues } from '@assay/contracts';
import type { TrainingSet } from './training-set';

/** What a fit has found, as JSON: the part of an artifact that is the model's own. Numbers read back to the same 64 bits. */
export type ModelContent = Readonly<Record<string, unknown>>;

/**
 * The prediction from one row, or from those of a window of bars one after the other; NaN where an input is missing, or all
 * are where the kind takes missing values.
 */
export interface Predict {
  (rows: Float64Array): number;
  /** The same, bit for bit, of each of n rows one after the other, for kinds that read one and are faster at many. */
  readonly all?: (rows: Float64Array, n: number) => Float64Array;
}

/** Values of one parameter that a tuning tries when nothing else is asked. */
export interface SearchedParameter {
  values: readonly number[];
  /** In the plural: what the values are. */
  description: string;
}

/** How a kind whose models are trained elsewhere takes one. */
export interface ModelImport {
  /** How names of its files end. */
  readonly extension: string;
  readonly mostBytes: number;
  /** @throws Error that says what the file must have and what it has; DomainError `not_ready` where it cannot be read here. */
  read(bytes: Uint8Array, inputs: number, params: ParameterValues, task: ModelTask): ModelContent;
  /** The file that the content was read from. */
  file(content: ModelContent): Uint8Array;
}

/** How a fit is done, beside parameters. */
export interface FitWays {
  readonly bootstrap?: 'sequential';
  /** Most threads that a fit may use, default 1; what it finds is the same on any number. */
  readonly threads?: number;
}

/** One kind of model. Its `version` rises whenever the same rows would give another content, or content is read otherwise. */
export interface ModelPlugin {
  readonly key: string;
  /** Other names by which requests and documents may call it; what is stored, hashed and answered has its key. */
  readonly aliases: readonly string[];
  readonly version: string;
  readonly description: string;
  /** Of a classification labels are 0 and 1 and a prediction is the chance of 1; of a regression both are numbers. */
  readonly tasks: readonly ModelTask[];
  /** Whether rows may miss some of their values (NaN), in the fit and for a prediction. Default: such rows are left out and get none. */
  readonly takesMissing?: boolean;
  /** Whether a fit draws rows, so that `training.bootstrap` says how. */
  readonly drawsRows?: boolean;
  readonly parameterSchema: ParametersSchema;
  /** By parameter name. */
  readonly searchSpace: Readonly<Record<string, SearchedParameter>>;
  /** How often out-of-sample predictions are refitted when a model does not say. */
  readonly refit: ModelPlan['refit'];
  /** The fewest rows of so many columns that determine a model. */
  leastRows(columns: number): number;
  /** Whether rows, as many as `leastRows` says, determine a model with these parameters; a kind without it takes them all. */
  suffices?(rows: TrainingSet, params: ParameterValues): boolean;
  /**
   * Deterministic: same rows, parameters and seed, same content. The rows have two labels and are at least `leastRows`;
   * those of a regression have the mean 0 and the deviation 1.
   */
  fit(rows: TrainingSet, params: ParameterValues, seed: number, ways?: FitWays): ModelContent;
  /** Of a kind that is imported: it is never fitted, neither to train it nor again in folds and backtests. */
  readonly imports?: ModelImport;
  /** How many bars' rows a prediction reads, see `ModelRuntime`; a kind that does not say reads one. */
  window?(content: ModelContent): number;
  /**
   * @param task what the content was fitted for, default `classification`.
   * @throws Error that says what is wrong, when the content is none that `fit` could have given for so many inputs.
   */
  load(content: ModelContent, inputs: number, task?: ModelTask): Predict;
  /** Rules between parameters and the number of inputs. @throws DomainError `validation_failed` that names `params...`. */
  checkInputs?(params: ParameterValues, inputs: number): void;
  /** The parameters for some of the inputs, by their places, of a kind that has parameters by input. */
  paramsOf?(params: ParameterValues, kept: readonly number[]): ParameterValues;
  /** Figures of the search beside what the training rows say, `inputs` the names of the columns; empty where there are none. */
  figures(content: ModelContent, inputs: readonly string[]): Record<string, number>;
}
