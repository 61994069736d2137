import { Decimal } from '@assay/primitives';

export type AuditedChanges = Record<string, { from: unknown; to: unknown }>;

/** An exponent of more digits would be written out as megabytes. */
const AMOUNT = /^-?\d{1,64}(?:\.\d{1,64})?(?:e[+-]?\d{1,3})?$/i;

/**
 * What differs, under the names of `after`; what was not there before was null. By default amounts are compared by their value: 10000 and
 * "10000.0" are one amount.
 */
export function auditedChanges(
  before: Readonly<Record<string, unknown>> | null,
  after: Readonly<Record<string, unknown>>,
  isSame: (a: unknown, b: unknown, name: string) => boolean = isSameAmount,
): AuditedChanges {
  const names = Object.keys(after).filter((name) => !isSame(before?.[name] ?? null, after[name] ?? null, name));
  return Object.fromEntries(names.map((name) => [name, { from: before?.[name] ?? null, to: after[name] ?? null }]));
}

/** However an amount is written. */
export const isSameAmount = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

/** The same text for what means the same: however an amount is written, and in whatever order keys come back from the database. */
function canonical(value: unknown): string {
  const isAmount = typeof value === 'number' || (typeof value === 'string' && AMOUNT.test(value));
  if (isAmount) return new Decimal(value).toFixed();
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
