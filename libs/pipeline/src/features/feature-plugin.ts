import type { FeatureRuntime } from '@assay/domain';

/** The part of JSON Schema that feature parameters use. */
export type ParameterSchema =
  | { type: 'integer' | 'number'; minimum: number; maximum?: number; default: number; description: string }
  | { type: 'string'; enum?: readonly string[]; default?: string; description: string };

export interface ParametersSchema {
  type: 'object';
  additionalProperties: false;
  properties: Readonly<Record<string, ParameterSchema>>;
  required: readonly string[];
}

export type FeatureParams = Readonly<Record<string, number | string>>;

/** What a feature reads; each source's fingerprint enters the feature hash. */
export type FeatureSource = 'bars';

/** One kind of feature column. Its `version` rises whenever the same parameters would give other numbers. */
export interface FeaturePlugin {
  readonly key: string;
  readonly version: string;
  readonly description: string;
  readonly parameterSchema: ParametersSchema;
  readonly sources: readonly FeatureSource[];
  /** Complete parameters are given (see `resolveParams`). `name` is what rules and models call the column; default: the key. */
  create(params: FeatureParams, name?: string): FeatureRuntime;
}

export function parametersSchema(properties: Record<string, ParameterSchema>): ParametersSchema {
  const required = Object.keys(properties).filter((name) => properties[name]!.default === undefined);
  return { type: 'object', additionalProperties: false, properties, required };
}
