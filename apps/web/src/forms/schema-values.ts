import { inWords } from '../format/words';

/** The part of JSON Schema that parameters of plugins are written in. */
export interface ParameterSchema {
  type?: 'string' | 'number' | 'integer' | 'boolean' | 'array';
  title?: string;
  description?: string;
  default?: unknown;
  enum?: readonly (string | number)[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number | boolean;
  exclusiveMaximum?: number | boolean;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  items?: ParameterSchema;
}

export interface ObjectSchema {
  properties?: Record<string, ParameterSchema>;
  required?: readonly string[];
}

/** What the page calls a field. */
export const titleOf = (name: string, { title }: ParameterSchema): string => title ?? inWords(name);

/** What the fields hold: the text as typed. A list is text too, its elements parted by commas. */
export type FieldTexts = Readonly<Record<string, string>>;

export interface ParsedValues {
  /** Only what was given: a field left empty is left to its default. */
  values: Record<string, unknown>;
  /** By field; empty where everything can be sent. */
  errors: Record<string, string>;
}

const WHOLE = /^[+-]?\d+$/;
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

class Fault {
  constructor(readonly message: string) {}
}

/** OpenAPI 3.0 writes `exclusiveMinimum: true` beside the minimum, JSON Schema the bound itself. */
function bounds(name: string, value: number, text: string, schema: ParameterSchema): Fault | undefined {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const above = exclusiveMinimum === true ? minimum : exclusiveMinimum;
  const below = exclusiveMaximum === true ? maximum : exclusiveMaximum;
  if (typeof above === 'number' && value <= above) return new Fault(`${name} must be above ${above}, was ${text}`);
  if (typeof below === 'number' && value >= below) return new Fault(`${name} must be below ${below}, was ${text}`);
  if (minimum !== undefined && value < minimum) return new Fault(`${name} must be at least ${minimum}, was ${text}`);
  if (maximum !== undefined && value > maximum) return new Fault(`${name} must be at most ${maximum}, was ${text}`);
  return undefined;
}

function parseNumber(name: string, text: string, schema: ParameterSchema): number | Fault {
  const whole = schema.type === 'integer';
  if (!(whole ? WHOLE : NUMBER).test(text)) {
    return new Fault(`${name} must be a ${whole ? 'whole number' : 'number with a point'}, was ${text}`);
  }
  const value = Number(text);
  if (!Number.isFinite(value) || (whole && !Number.isSafeInteger(value))) {
    return new Fault(`${name} is too large, was ${text}`);
  }
  return bounds(name, value, text, schema) ?? value;
}

function parseText(name: string, text: string, schema: ParameterSchema): string | Fault {
  const { minLength = 0, maxLength = Infinity, pattern } = schema;
  if (text.length < minLength) return new Fault(`${name} must have at least ${minLength} characters`);
  if (text.length > maxLength)
    return new Fault(`${name} must have at most ${maxLength} characters, had ${text.length}`);
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(text)) {
    return new Fault(`${name} must match ${pattern}, was ${text}`);
  }
  return text;
}

function parseOne(name: string, text: string, schema: ParameterSchema): unknown {
  if (schema.enum) {
    const found = schema.enum.find((option) => String(option) === text);
    return found ?? new Fault(`${name} must be one of ${schema.enum.join(', ')}, was ${text}`);
  }
  switch (schema.type) {
    case 'integer':
    case 'number':
      return parseNumber(name, text, schema);
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : new Fault(`${name} must be true or false`);
    case 'array':
      return parseList(name, text, schema.items ?? {});
    default:
      return parseText(name, text, schema);
  }
}

function parseList(name: string, text: string, items: ParameterSchema): unknown {
  const values = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part, index) => parseOne(`${name}, value ${index + 1},`, part, items));
  return values.find((value) => value instanceof Fault) ?? values;
}

/** Text of the fields as parameters, converted by type and held against the schema. */
export function parseValues(schema: ObjectSchema, texts: FieldTexts): ParsedValues {
  const values: Record<string, unknown> = {};
  const errors: Record<string, string> = {};
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const text = (texts[name] ?? '').trim();
    const title = titleOf(name, field);
    if (text === '') {
      if (schema.required?.includes(name)) errors[name] = `${title} is required`;
      continue;
    }
    const value = parseOne(title, text, field);
    if (value instanceof Fault) errors[name] = value.message;
    else values[name] = value;
  }
  return { values, errors };
}

/** Parameters as the text of the fields, for changing what exists. */
export function textsOf(schema: ObjectSchema, values: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const name of Object.keys(schema.properties ?? {})) {
    const value = values[name];
    if (value === undefined || value === null) texts[name] = '';
    else texts[name] = Array.isArray(value) ? value.join(', ') : String(value);
  }
  return texts;
}
