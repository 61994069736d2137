import { requireThat } from '../errors/invalid-input';
import type { Parameters, ParameterSpec } from './indicator';

/**
 * Complete parameters: defaults filled in, each value checked.
 * Throws InvalidInputError (a RangeError) that names the parameter, the rule and the value, also for a name the indicator does not have.
 */
export function resolveParameters(
  specs: Readonly<Record<string, ParameterSpec>>,
  given: Readonly<Record<string, number | undefined>>,
): Parameters {
  const names = Object.keys(specs);
  for (const name of Object.keys(given))
    requireThat(Object.hasOwn(specs, name), 'parameter', `one of ${names.join(', ') || '(none)'}`, name);
  const resolved: Parameters = {};
  for (const name of names) {
    const spec = specs[name];
    const value = given[name] ?? spec.default;
    requireThat(typeof value === 'number' && value - value === 0, name, 'a number', value);
    if (spec.integer) requireThat(Number.isInteger(value), name, 'an integer', value);
    requireThat(value >= spec.min, name, `at least ${spec.min}`, value);
    if (spec.max !== undefined) requireThat(value <= spec.max, name, `at most ${spec.max}`, value);
    resolved[name] = value;
  }
  return resolved;
}

/** The longest window: a pass over a million bars stays within minutes where each of them costs the whole window. */
export const MOST_BARS = 10_000;

/** Specification of a length in bars. */
export function bars(defaultValue: number, min: number, description: string, max = MOST_BARS): ParameterSpec {
  return { default: defaultValue, min, max, integer: true, description: `${description}, in bars` };
}

/** Specification of the divisor of a variance: n - ddof. */
export function degreesOfFreedom(defaultValue: 0 | 1): ParameterSpec {
  return { default: defaultValue, min: 0, max: 1, integer: true, description: 'the variance divides by window - ddof' };
}

/** Specification of the annualisation factor. */
export const periodsPerYear: ParameterSpec = { default: 252, min: 1, description: 'bars per year' };
