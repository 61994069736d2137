import type { ParameterSchema, ParametersSchema } from '@assay/contracts';
import { describeValue } from '@assay/primitives';
import { type ObjectReader } from '../documents';

export const PLUGIN_KEY = { matches: /^[a-z][a-z0-9_.]{0,63}$/, text: 'be a plugin key' };

/** Reads `params` as they come: numbers and strings. */
export function readParams(parent: ObjectReader): Record<string, number | string> | undefined {
  if (!parent.object('params', { required: true })) return undefined;
  const given = parent.raw('params') as Record<string, unknown>;
  const params: Record<string, number | string> = {};
  for (const [key, value] of Object.entries(given)) {
    if (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))) {
      params[key] = value;
      continue;
    }
    const field = `${parent.pathOf('params')}.${key}`;
    const message = `${field} must be a number or a string, was ${describeValue(value)}`;
    parent.problems.push({ field, rule: 'type', value, message });
  }
  return params;
}

/** Reads `params` by their schema; each must be given. */
export function readDeclaredParams(
  parent: ObjectReader,
  { properties }: ParametersSchema,
): Record<string, number | string> | undefined {
  const reader = parent.object('params', { required: true });
  if (!reader) return undefined;
  const params: Record<string, number | string> = {};
  for (const [name, schema] of Object.entries(properties)) {
    const value = schema.type === 'string' ? readText(reader, name, schema.enum) : readNumber(reader, name, schema);
    if (value !== undefined) params[name] = value;
  }
  reader.refuseUnknown();
  return params;
}

function readText(reader: ObjectReader, name: string, choices: readonly string[] | undefined): string | undefined {
  if (choices) return reader.oneOf(name, choices, { required: true });
  return reader.text(name, { required: true, minLength: 1 });
}

function readNumber(
  reader: ObjectReader,
  name: string,
  { type, minimum, exclusiveMinimum, maximum }: Exclude<ParameterSchema, { type: 'string' }>,
): number | undefined {
  const rules = { required: true, min: minimum, above: exclusiveMinimum, max: maximum };
  return type === 'integer' ? reader.integer(name, rules) : reader.number(name, rules);
}
