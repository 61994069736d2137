import type { FieldProblem } from '@assay/primitives';
import {
  above,
  atLeast,
  atMost,
  broken,
  minLength,
  missing,
  ofType,
  oneOf,
  unknownField,
  type Rule,
} from '../schema/rules';
import type { Reading } from '../schema/wire-document';
import type { ParameterSchema, ParametersSchema, ParameterValues } from './parameter-schema';

/** What is wrong with the value of a parameter; null where nothing is. */
export function parameterProblem(field: string, schema: ParameterSchema, value: unknown): FieldProblem | null {
  const rule = schema.type === 'string' ? textRule(schema, value) : numberRule(schema, value);
  return rule && broken(field, rule, value);
}

function textRule(schema: Extract<ParameterSchema, { type: 'string' }>, value: unknown): Rule | null {
  if (schema.enum) return (schema.enum as readonly unknown[]).includes(value) ? null : oneOf(schema.enum);
  if (typeof value !== 'string') return ofType('string');
  // a schema counts characters, a string its halves
  return [...value].length < schema.minLength ? minLength(schema.minLength) : null;
}

function numberRule(schema: Exclude<ParameterSchema, { type: 'string' }>, value: unknown): Rule | null {
  const isWhole = schema.type === 'integer';
  if (typeof value !== 'number' || !(isWhole ? Number.isInteger(value) : Number.isFinite(value)))
    return ofType(schema.type);
  const { minimum, exclusiveMinimum, maximum } = schema;
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return above(exclusiveMinimum);
  if (minimum !== undefined && value < minimum) return atLeast(minimum);
  return maximum !== undefined && value > maximum ? atMost(maximum) : null;
}

/**
 * Reads parameters by their schema: it takes what the published JSON Schema takes. Every problem at once; defaults filled in where the
 * parameters are right. One that is undefined is absent, as it is in JSON.
 * @param path of the parameters in the document
 */
export function readParameters(
  { properties, required }: ParametersSchema,
  input: unknown,
  path = 'params',
): Reading<ParameterValues> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return {
      document: undefined,
      problems: [input === undefined ? missing(path) : broken(path, ofType('object'), input)],
    };
  }
  const given = new Map(Object.entries(input).filter(([, value]) => value !== undefined));
  const problems: FieldProblem[] = [];
  const values: Record<string, number | string> = {};
  for (const [name, schema] of Object.entries(properties)) {
    const field = `${path}.${name}`;
    const value = given.has(name) || required.includes(name) ? given.get(name) : schema.default;
    given.delete(name);
    const problem = value === undefined ? missing(field) : parameterProblem(field, schema, value);
    if (problem) problems.push(problem);
    else values[name] = value as number | string;
  }
  for (const [name, value] of given) problems.push(unknownField(`${path}.${name}`, value));
  return problems.length > 0 ? { document: undefined, problems } : { document: values, problems: [] };
}
