import { describeValue, type FieldProblem, shownText } from '@assay/primitives';

/** A rule that a value can break, by its name on the wire, and what the value must do. */
export interface Rule {
  rule: string;
  text: string;
}

const TYPE_TEXTS: Readonly<Record<string, string>> = {
  string: 'be a string',
  number: 'be a finite number',
  integer: 'be an integer',
  boolean: 'be true or false',
  object: 'be an object',
  record: 'be an object',
  array: 'be an array',
};

/** The names and texts of the rules that every reader of documents has. */
export const ofType = (type: string): Rule => ({ rule: 'type', text: TYPE_TEXTS[type] ?? `be of type ${type}` });
export const oneOf = (values: readonly unknown[]): Rule => ({ rule: 'enum', text: `be one of ${values.join(', ')}` });
export const atLeast = (limit: unknown): Rule => ({ rule: 'minimum', text: `be at least ${String(limit)}` });
export const above = (limit: unknown): Rule => ({
  rule: 'exclusive_minimum',
  text: `be greater than ${String(limit)}`,
});
export const atMost = (limit: unknown): Rule => ({ rule: 'maximum', text: `be at most ${String(limit)}` });
export const minLength = (count: unknown): Rule => ({
  rule: 'min_length',
  text: `have at least ${String(count)} characters`,
});
export const maxLength = (count: unknown): Rule => ({
  rule: 'max_length',
  text: `have at most ${String(count)} characters`,
});

const MOST_SHOWN = 2000;

export const broken = (field: string, { rule, text }: Rule, value: unknown): FieldProblem => ({
  field,
  rule,
  value: typeof value === 'string' ? shownText(value, MOST_SHOWN) : value,
  message: `${field} must ${text}, was ${describeValue(value)}`,
});

export const missing = (field: string): FieldProblem => ({
  field,
  rule: 'required',
  value: null,
  message: `${field} must be given, was missing`,
});

export const unknownField = (field: string, value: unknown): FieldProblem => ({
  field,
  rule: 'unknown_field',
  value,
  message: `${field} is not a known field, was ${describeValue(value)}`,
});
