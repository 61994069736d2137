import type { ZodNumber, ZodType } from 'zod';
import type { ParameterSchema, ParametersSchema, ParameterValues } from '../parameters/parameter-schema';
import { must } from './must';
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

export function parameter(z: Zod, schema: ParameterSchema): ZodType<number | string> {
  if (schema.type === 'string') {
    if (schema.enum) return z.enum(schema.enum);
    const text = z.string().min(schema.minLength);
    return schema.pattern === undefined
      ? text
      : text.regex(new RegExp(schema.pattern), must('pattern', `match ${schema.pattern}`));
  }
  const { minimum, exclusiveMinimum, maximum } = schema;
  let number: ZodNumber = schema.type === 'integer' ? integer(z) : z.number();
  if (exclusiveMinimum !== undefined) number = number.gt(exclusiveMinimum);
  if (minimum !== undefined) number = number.min(minimum);
  if (maximum !== undefined) number = number.max(maximum);
  return number;
}
