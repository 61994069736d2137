/** The part of JSON Schema that the parameters of features and models use. A whole number has bounds: what it counts, it costs. */
export type ParameterSchema =
  | {
      type: 'integer';
      minimum: number;
      exclusiveMinimum?: undefined;
      maximum: number;
      default: number;
      description: string;
    }
  | {
      type: 'number';
      minimum?: number;
      exclusiveMinimum?: number;
      maximum?: number;
      default: number;
      description: string;
    }
  | { type: 'string'; enum: readonly string[]; default?: string; description: string }
  /** Free text, such as the name of a column; `pattern` is a regular expression of the whole. */
  | {
      type: 'string';
      enum?: undefined;
      minLength: number;
      pattern?: string;
      default?: string;
      description: string;
    };

/** Parameters of one plugin by name; those without a default are required. */
export interface ParametersSchema {
  type: 'object';
  additionalProperties: false;
  properties: Readonly<Record<string, ParameterSchema>>;
  required: readonly string[];
}

export type ParameterValues = Readonly<Record<string, number | string>>;

export function parametersSchema(properties: Record<string, ParameterSchema>): ParametersSchema {
  const required = Object.keys(properties).filter((name) => properties[name]!.default === undefined);
  return { type: 'object', additionalProperties: false, properties, required };
}

/** The same parameters where each has to be given, as in a document that says everything it rests on. */
export const withoutDefaults = (schema: ParametersSchema): ParametersSchema => ({
  ...schema,
  required: Object.keys(schema.properties),
});
