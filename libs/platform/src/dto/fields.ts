import type { Type as ClassType } from '@nestjs/common';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import type { Bounds, Check } from './checks';
import {
  arrayCheck,
  booleanCheck,
  dateCheck,
  dateTimeCheck,
  decimalCheck,
  enumCheck,
  integerCheck,
  jsonTypeCheck,
  mapCheck,
  numberCheck,
  stringCheck,
  uuidCheck,
} from './checks';
import type { FieldOptions } from './field';
import { field, rememberMaxItems } from './field';

type Schema = Record<string, unknown>;
type JsonType = 'object' | 'array' | 'string' | 'number' | 'boolean';

const boundsSchema = ({ min, max, exclusiveMin, exclusiveMax }: Bounds): Schema => ({
  ...(min === undefined ? {} : { minimum: min }),
  ...(max === undefined ? {} : { maximum: max }),
  ...(exclusiveMin === undefined ? {} : { minimum: exclusiveMin, exclusiveMinimum: true }),
  ...(exclusiveMax === undefined ? {} : { maximum: exclusiveMax, exclusiveMaximum: true }),
});
const schema = (value: Schema): ApiPropertyOptions => value as ApiPropertyOptions;

export interface StringOptions extends FieldOptions {
  min?: number;
  max?: number;
  pattern?: RegExp;
  /** What the pattern asks for, after `must`: said in its place to who breaks it. */
  form?: string;
}

/** Text; `min` and `max` are lengths, the default maximum is 10,000 characters. */
export function StringField({ min, max = 10_000, pattern, form, ...options }: StringOptions = {}): PropertyDecorator {
  const lengths = { ...(min === undefined ? {} : { minLength: min }), maxLength: max };
  const shape = { type: 'string', ...lengths, ...(pattern ? { pattern: pattern.source } : {}) };
  return field(options, stringCheck({ min, max, pattern, form }), schema(shape));
}

/** A word at least; of control characters none but those that part lines: what is kept is shown in terminals and on pages. */
const REASON = /^(?=[\s\S]*\S)(?:\P{Cc}|[\t\n])*$/u;

/** Why a person did something, in their words; at most 2000 characters, where no other bound is given. */
export const ReasonField = ({ max = 2_000, ...options }: FieldOptions & { max?: number } = {}): PropertyDecorator =>
  StringField({ ...options, min: 1, max, pattern: REASON, form: 'have a word, and no control characters' });

/** What a person calls a thing: a word at least, at most 255 characters. */
export const NameField = (options: FieldOptions = {}): PropertyDecorator =>
  StringField({ ...options, min: 1, max: 255, pattern: /\S/, form: 'have a word' });

/** A finite JSON number. */
export const NumberField = (options: FieldOptions & Bounds = {}): PropertyDecorator =>
  field(options, numberCheck(options), schema({ type: 'number', ...boundsSchema(options) }), { textKind: 'number' });

/** What an integer column holds. */
const INTEGER: Bounds = { min: -2_147_483_648, max: 2_147_483_647 };

/** A whole number that fits an integer column, where no narrower bounds are given. */
export const IntegerField = (options: FieldOptions & Bounds = {}): PropertyDecorator => {
  const min = options.min ?? (options.exclusiveMin === undefined ? INTEGER.min : undefined);
  const max = options.max ?? (options.exclusiveMax === undefined ? INTEGER.max : undefined);
  return field(options, integerCheck({ ...options, min, max }), schema({ type: 'integer', ...boundsSchema(options) }), {
    textKind: 'number',
  });
};

export const BooleanField = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, booleanCheck, schema({ type: 'boolean' }), { textKind: 'boolean' });

export const UuidField = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, uuidCheck, schema({ type: 'string', format: 'uuid' }));

export interface EnumOptions extends FieldOptions {
  values: readonly (string | number)[];
  /** What was valid once: let through to who refuses it with what to use instead, and not named as a choice. */
  past?: readonly string[];
}

export const EnumField = ({ values, past, ...options }: EnumOptions): PropertyDecorator =>
  field(options, enumCheck(values, past), schema({ type: typeof values[0], enum: [...values] }), {
    textKind: typeof values[0] === 'number' ? 'number' : 'text',
  });

/** ISO-8601 with zone; stays a string. */
export const DateTimeField = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, dateTimeCheck, schema({ type: 'string', format: 'date-time' }));

/** `YYYY-MM-DD`; stays a string. */
export const DateField = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, dateCheck, schema({ type: 'string', format: 'date' }));

/** Money, price or quantity: a decimal string or a JSON number, kept as it was sent. */
export const DecimalField = (options: FieldOptions & Bounds = {}): PropertyDecorator =>
  field(
    options,
    decimalCheck(options),
    schema({
      oneOf: [
        { type: 'string', format: 'decimal' },
        { type: 'number', ...boundsSchema(options) },
      ],
    }),
  );

/** Swagger knows a thunk from a class by the name `type`, which only a function written at that key has. */
const lazily = (dto: () => ClassType<unknown>): Schema => ({ type: () => dto() });

/** A nested document with its own fields. */
export const ObjectField = (dto: () => ClassType<unknown>, options: FieldOptions = {}): PropertyDecorator =>
  field(options, jsonTypeCheck(['object']), schema(lazily(dto)), { extra: [ValidateNested(), Type(dto)] });

type Primitive = 'string' | 'uuid' | 'number' | 'integer' | 'date' | 'scalar' | 'json';
const MEMBER_TEXT = stringCheck({ max: 10_000 });
const PRIMITIVES: Record<Primitive, { check: Check; items: Schema }> = {
  string: { check: MEMBER_TEXT, items: { type: 'string' } },
  uuid: { check: uuidCheck, items: { type: 'string', format: 'uuid' } },
  number: { check: numberCheck({}), items: { type: 'number' } },
  integer: { check: integerCheck({}), items: { type: 'integer' } },
  date: { check: dateCheck, items: { type: 'string', format: 'date' } },
  scalar: {
    check: (value) =>
      typeof value === 'string' ? MEMBER_TEXT(value) : jsonTypeCheck(['number', 'string', 'boolean'])(value),
    items: { oneOf: [{ type: 'number' }, { type: 'string' }, { type: 'boolean' }] },
  },
  json: { check: jsonTypeCheck(['object']), items: { type: 'object', additionalProperties: true } },
};

export interface ArrayOptions extends FieldOptions {
  min?: number;
  max?: number;
}

/** An array of documents (`() => Dto`) or of plain values; `min` and `max` are lengths, at most 100,000 by default. */
export function ArrayField(
  items: (() => ClassType<unknown> | Primitive) | Primitive,
  { min, max = 100_000, ...options }: ArrayOptions = {},
): PropertyDecorator {
  const lengths = { ...(min === undefined ? {} : { minItems: min }), ...(max === 100_000 ? {} : { maxItems: max }) };
  if (typeof items === 'string') {
    const { check, items: shape } = PRIMITIVES[items];
    const whole = { type: 'array', items: shape, ...lengths };
    return field(options, arrayCheck({ min, max, item: check }), schema(whole), { textKind: 'array' });
  }
  return (target, property) => {
    const nested = isPrimitive(items) ? undefined : (items as () => ClassType<unknown>);
    if (!nested) return ArrayField(items() as Primitive, { min, max, ...options })(target, property);
    field(
      options,
      arrayCheck({ min, max, item: jsonTypeCheck(['object']) }),
      schema({ ...lazily(nested), isArray: true, ...lengths }),
      {
        textKind: 'array',
        extra: [ValidateNested({ each: true }), Type(nested), rememberMaxItems(Math.min(max, 10_000))],
      },
    )(target, property);
  };
}

/** The thunk may name a class that is not yet defined where the decorator runs. */
function isPrimitive(items: () => unknown): boolean {
  try {
    return typeof items() === 'string';
  } catch {
    return false;
  }
}

/** Free JSON of the given types, an object by default; what is inside is checked by the domain. */
export const JsonField = ({
  types = ['object'],
  ...options
}: FieldOptions & { types?: JsonType[] } = {}): PropertyDecorator =>
  field(
    options,
    jsonTypeCheck(types),
    schema(
      types.length === 1
        ? { type: types[0], ...(types[0] === 'object' ? { additionalProperties: true } : { items: {} }) }
        : { oneOf: types.map((type) => (type === 'array' ? { type, items: {} } : { type })) },
    ),
  );

/** An object with free keys; every value is of one kind. */
export const MapField = ({ values, ...options }: FieldOptions & { values?: Primitive } = {}): PropertyDecorator =>
  field(
    options,
    mapCheck(values && PRIMITIVES[values].check),
    schema({ type: 'object', additionalProperties: values ? PRIMITIVES[values].items : true }),
  );
