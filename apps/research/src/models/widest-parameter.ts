import type { ParameterSchema } from '@assay/contracts';

const shared = <T>(values: readonly T[]): T | undefined =>
  values.every((value) => value === values[0]) ? values[0] : undefined;

/** The lowest of the bounds, or the highest; none where one schema has none. */
function outermost(bounds: readonly (number | undefined)[], pick: (...bounds: number[]) => number): number | undefined {
  const stated = bounds.filter((bound) => bound !== undefined);
  return stated.length === bounds.length ? pick(...stated) : undefined;
}

/**
 * The parameter of one name of several kinds, as wide as the widest of them: a value that some kind takes is taken. A default or a
 * description in which two kinds differ is none.
 */
export function widest(schemas: readonly ParameterSchema[]): ParameterSchema {
  const [first] = schemas;
  if (schemas.length === 1) return first!;
  const description = shared(schemas.map((schema) => schema.description)) ?? 'differs by kind';
  const value = shared(schemas.map((schema) => schema.default));
  if (first!.type === 'string') {
    const texts = schemas.flatMap((schema) => (schema.type === 'string' ? [schema] : []));
    const enums = texts.flatMap((schema) => (schema.enum ? [...schema.enum] : []));
    const isEnum = texts.every((schema) => schema.enum !== undefined);
    const merged = isEnum ? { enum: [...new Set(enums)] } : { minLength: 1 };
    return { type: 'string', ...merged, description, default: value } as ParameterSchema;
  }
  const numbers = schemas.flatMap((schema) => (schema.type === 'string' ? [] : [schema]));
  const lows = numbers.map((schema) => schema.minimum ?? schema.exclusiveMinimum);
  return {
    type: shared(numbers.map((schema) => schema.type)) ?? 'number',
    // where one takes the bound itself, the bound is taken
    ...(numbers.every((schema) => schema.exclusiveMinimum !== undefined)
      ? { exclusiveMinimum: outermost(lows, Math.min) }
      : { minimum: outermost(lows, Math.min) }),
    maximum: outermost(
      numbers.map((schema) => schema.maximum),
      Math.max,
    ),
    description,
    default: value,
  } as ParameterSchema;
}
