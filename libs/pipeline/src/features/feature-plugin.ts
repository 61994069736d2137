import type { MarketCode, ParametersSchema, ParameterValues } from '@assay/contracts';
import type { BarColumns, FeatureRuntime } from '@assay/domain';
import type { MatrixColumn } from '@assay/quant';
import type { FeatureContext } from '../columns';

/** What a feature reads; each source's fingerprint enters the feature hash. */
export type FeatureSource = 'bars';

/** One kind of feature column. Its `version` rises whenever the same parameters would give other numbers. */
export interface FeaturePlugin {
  readonly key: string;
  readonly version: string;
  readonly description: string;
  readonly parameterSchema: ParametersSchema;
  readonly sources: readonly FeatureSource[];
  /** Rules between parameters. @throws InvalidInputError that names the parameter. */
  check?(params: ParameterValues): void;
  /** Columns that it reads, with complete parameters: bar columns, or the names of features that may be listed before it. */
  columns(params: ParameterValues): readonly string[];
  /** The market on whose holidays and half days its values rest, if any. */
  sessionsOf?(params: ParameterValues): MarketCode | null;
  /** Its values over these bars as an output of an indicator, which may be computed together with others. @throws as the runtime's batch form */
  matrixColumn?(params: ParameterValues, bars: BarColumns): MatrixColumn;
  /** Parameters to show it with, and to test it with where drawn ones would mean nothing, such as texts of a language. */
  readonly examples?: readonly ParameterValues[];
  /** Its first value may come before the lookback, which is then the most that it can be. */
  readonly mayBeEarly?: boolean;
  /**
   * Complete parameters are given (see `resolveParams`). `name` is what rules and models call the column; default: the key.
   * Columns that are features are given to the runtime as further columns of its bars.
   */
  create(params: ParameterValues, name?: string, context?: FeatureContext): FeatureRuntime;
}
