import type { ParametersSchema, ParameterValues } from '@assay/contracts';
import type { FeatureRuntime } from '@assay/domain';

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
  /** Bar columns that it reads, with complete parameters. */
  columns(params: ParameterValues): readonly string[];
  /** Complete parameters are given (see `resolveParams`). `name` is what rules and models call the column; default: the key. */
  create(params: ParameterValues, name?: string): FeatureRuntime;
}
