import type { ParameterSchema, ParametersSchema, ParameterValues } from '@assay/contracts';
import { type FieldProblem, invalid } from '@assay/primitives';
import { refusing } from '../errors';

/** What is wrong with the value of a parameter; null where nothing is. */
export function parameterProblem(name: string, schema: ParameterSchema, value: unknown): FieldProblem | null {
  const problem = (rule: string, message: string): FieldProblem => ({ field: `params.${name}`, rule, value, message });
  if (schema.type === 'string') {
    if (typeof value !== 'string' || value === '')
      return problem('string', `${name} must be a non-empty text, was ${String(value)}`);
    if (schema.enum && !schema.enum.includes(value)) {
      return problem('enum', `${name} must be one of ${schema.enum.join(', ')}, was ${value}`);
    }
    return null;
  }
  if (typeof value !== 'number' || !Number.isFinite(value))
    return problem('number', `${name} must be a number, was ${String(value)}`);
  if (schema.type === 'integer' && !Number.isInteger(value)) {
    return problem('integer', `${name} must be a whole number, was ${value}`);
  }
  if (schema.exclusiveMinimum !== undefined && value <= schema.exclusiveMinimum) {
    return problem('exclusive_minimum', `${name} must be greater than ${schema.exclusiveMinimum}, was ${value}`);
  }
  if (schema.minimum !== undefined && value < schema.minimum)
    return problem('minimum', `${name} must be at least ${schema.minimum}, was ${value}`);
  if (schema.maximum !== undefined && value > schema.maximum) {
    return problem('maximum', `${name} must be at most ${schema.maximum}, was ${value}`);
  }
  return null;
}

/** A plugin of any kind, as far as its parameters go. */
export interface Parametrised {
  readonly key: string;
  readonly parameterSchema: ParametersSchema;
  /** Rules between parameters. @throws InvalidInputError that names the parameter. */
  check?(params: ParameterValues): void;
}

/**
 * Checks parameters against the plugin's schema and fills in the defaults, so that two ways to write the same feature
 * or model have the same hash.
 * @throws DomainError `validation_failed` that lists every wrong, missing or unknown parameter, or a rule between them that is broken.
 */
export function resolveParams(plugin: Parametrised, params: Readonly<Record<string, unknown>>): ParameterValues {
  const { properties } = plugin.parameterSchema;
  const problems: FieldProblem[] = [];
  const resolved: Record<string, number | string> = {};
  for (const name of Object.keys(params)) {
    if (Object.hasOwn(properties, name)) continue;
    const known = Object.keys(properties).join(', ') || 'none';
    const message = `${name} is no parameter of ${plugin.key}; its parameters are: ${known}`;
    problems.push({ field: `params.${name}`, rule: 'unknown_field', value: params[name], message });
  }
  for (const [name, schema] of Object.entries(properties)) {
    const value = params[name] ?? schema.default;
    if (value === undefined) {
      problems.push({ field: `params.${name}`, rule: 'required', value: null, message: `${name} is required` });
      continue;
    }
    const problem = parameterProblem(name, schema, value);
    if (problem) problems.push(problem);
    else resolved[name] = value as number | string;
  }
  if (problems.length > 0) throw invalid(problems);
  refusing(
    () => plugin.check?.(resolved),
    (field) => `params.${field}`,
  );
  return resolved;
}
