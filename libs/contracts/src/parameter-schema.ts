/** The part of JSON Schema that the parameters of features and models use. */
export type ParameterSchema =
  | {
      type: 'integer' | 'number';
      minimum?: number;
      exclusiveMinimum?: number;
      maximum?: number;
      default: number;
      description: string;
    }
  | { type: 'string'; enum?: readonly string[]; default?: string; description: string };

/** Parameters of one plugin by name; those without a default are required. */
export interface ParametersSchema {
  type: 'object';
  additionalProperties: false;
  properties: Readonly<Record<string, ParameterSchema>>;
  required: readonly string[];
}

export type ParameterValues = Readonly<Record<string, number | string>>;

/** The kinds of models there are, each with the parameters its documents carry. */
export type ModelKinds = ReadonlyMap<string, ParametersSchema>;

export function parametersSchema(properties: Record<string, ParameterSchema>): ParametersSchema {
  const required = Object.keys(properties).filter((name) => properties[name]!.default === undefined);
  return { type: 'object', additionalProperties: false, properties, required };
}
