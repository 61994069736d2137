import type { FieldProblem } from '@assay/primitives';

export const required = (field: string, value: unknown): FieldProblem[] =>
  value === undefined ? [{ field, rule: 'required', value: null, message: `${field} must be given, was missing` }] : [];

export const notFor = (source: string, fields: Record<string, unknown>): FieldProblem[] =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => ({
      field,
      rule: 'not_applicable',
      value,
      message: `${field} must not be given for ${source === 'file' ? 'an import of a file' : 'source ccxt'}`,
    }));
