import type { ZodNumber, ZodType } from 'zod';
import type { ParameterSchema, ParametersSchema, ParameterValues } from '../parameters/parameter-schema';
import { must } from './must';
import { oneOf } from './rules';
import { integer } from './texts';
import type { Zod } from './wire-document';

/** Parameters of a plugin that the reader need not know: numbers and texts by name. */
export const freeParameters = (z: Zod) =>
  z.record(z.string(), z.union([z.number(), z.string()], must('type', 'be a number or a string')));

/** The parameters a plugin declares; those that are not required get their default. */
export function declaredParameters(z: Zod, { properties, required }: ParametersSchema): ZodType<ParameterValues> {
  const shape = Object.entries(properties).map(([name, schema]) => {
    const read = parameter(z, schema);
    return [name, required.includes(name) || schema.default === undefined ? read : read.default(schema.default)];
  });
  return z.strictObject(Object.fromEntries(shape) as Record<string, ZodType<number | string>>);
}

/** What a value must be, with what it is where it is left out: `be 1 to 16 (default 6)`. */
function wording(schema: NumberSchema): { bounds: string; type: string } {
  const range = rangeOf(schema);
  const kind = schema.type === 'integer' ? 'an integer' : 'a finite number';
  const joined = range.includes(' to ') ? ` from ${range}` : range && `, ${range}`;
  return { bounds: `be ${range}${defaultOf(schema)}`, type: `be ${kind}${joined}${defaultOf(schema)}` };
}

const defaultOf = (schema: ParameterSchema): string =>
  schema.default === undefined ? '' : ` (default ${schema.default})`;

type NumberSchema = Extract<ParameterSchema, { type: 'integer' | 'number' }>;

function rangeOf({ minimum, exclusiveMinimum, maximum }: NumberSchema): string {
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  const least = minimum !== undefined ? `at least ${minimum}` : '';
  const over = exclusiveMinimum !== undefined ? `greater than ${exclusiveMinimum}` : '';
  return [least || over, maximum !== undefined ? `at most ${maximum}` : '']
    .filter((bound) => bound !== '')
    .join(' and ');
}

export function parameter(z: Zod, schema: ParameterSchema): ZodType<number | string> {
  if (schema.type === 'string') {
    if (schema.enum) return z.enum(schema.enum, must('enum', `${oneOf(schema.enum).text}${defaultOf(schema)}`));
    const text = z.string().min(schema.minLength);
    return schema.pattern === undefined
      ? text
      : text.regex(new RegExp(schema.pattern), must('pattern', `match ${schema.pattern}`));
  }
  const { minimum, exclusiveMinimum, maximum } = schema;
  const { bounds, type } = wording(schema);
  const isType = must('type', type);
  let number: ZodNumber = schema.type === 'integer' ? integer(z, isType) : z.number(isType);
  if (exclusiveMinimum !== undefined) number = number.gt(exclusiveMinimum, must('exclusive_minimum', bounds));
  if (minimum !== undefined) number = number.min(minimum, must('minimum', bounds));
  if (maximum !== undefined) number = number.max(maximum, must('maximum', bounds));
  return number;
}
