import { readParameters, withoutDefaults, type ParametersSchema, type ParameterValues } from '@assay/contracts';
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
export function readDeclaredParams(parent: ObjectReader, schema: ParametersSchema): ParameterValues | undefined {
  const { document, problems } = readParameters(withoutDefaults(schema), parent.raw('params'), parent.pathOf('params'));
  parent.problems.push(...problems);
  return document;
}
