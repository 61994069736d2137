/** The words that a list is searched by, as an address has them: digits come as a number. */
export const searchWords = (value: unknown): string | undefined =>
  (typeof value === 'string' && value.trim() !== '') || typeof value === 'number' ? String(value) : undefined;
