import 'reflect-metadata';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import type { Check, Violation } from './checks';

export interface FieldOptions {
  optional?: boolean;
  nullable?: boolean;
  description?: string;
  example?: unknown;
  default?: unknown;
}

/** How a field's text in a query string becomes a value. */
export type TextKind = 'number' | 'boolean' | 'array' | 'text';

const TEXT_KINDS = Symbol('assay:text-kinds');
const MAX_ITEMS = Symbol('assay:max-items');
/** Name under which class-validator reports our violations; the message is the violation as JSON. */
export const FIELD_CONSTRAINT = 'assayField';

export const textKindsOf = (dto: object): Record<string, TextKind> =>
  (Reflect.getMetadata(TEXT_KINDS, dto) as Record<string, TextKind> | undefined) ?? {};

/** Most members of each list that a document has. */
export const maxItemsOf = (dto: object): Record<string, number> =>
  (Reflect.getMetadata(MAX_ITEMS, dto) as Record<string, number> | undefined) ?? {};

export function rememberMaxItems(most: number): PropertyDecorator {
  return (target, property) => {
    const known = maxItemsOf(target.constructor);
    Reflect.defineMetadata(MAX_ITEMS, { ...known, [property as string]: most }, target.constructor);
  };
}

function rememberTextKind(kind: TextKind): PropertyDecorator {
  return (target, property) => {
    const known = textKindsOf(target.constructor);
    Reflect.defineMetadata(TEXT_KINDS, { ...known, [property as string]: kind }, target.constructor);
  };
}

function firstViolation(value: unknown, { optional, nullable }: FieldOptions, check: Check): Violation | undefined {
  if (value === undefined) return optional ? undefined : { rule: 'required', text: 'must be given' };
  if (value === null) return nullable ? undefined : { rule: 'not_null', text: 'must not be null' };
  return check(value);
}

/** One field: its validation and its OpenAPI schema, from one place so that they cannot drift. */
export function field(
  options: FieldOptions,
  check: Check,
  schema: ApiPropertyOptions,
  { textKind = 'text', extra = [] }: { textKind?: TextKind; extra?: PropertyDecorator[] } = {},
): PropertyDecorator {
  const { optional = false, nullable = false, description, example } = options;
  return applyDecorators(
    ValidateBy({
      name: FIELD_CONSTRAINT,
      validator: {
        validate: (value) => firstViolation(value, options, check) === undefined,
        defaultMessage: (args) => JSON.stringify(firstViolation(args?.value, options, check) ?? {}),
      },
    }),
    ApiProperty({
      ...schema,
      required: !optional,
      ...(nullable ? { nullable } : {}),
      ...(description === undefined ? {} : { description }),
      ...(example === undefined ? {} : { example }),
      ...(options.default === undefined ? {} : { default: options.default }),
    } as ApiPropertyOptions),
    rememberTextKind(textKind),
    ...extra,
  ) as PropertyDecorator;
}
