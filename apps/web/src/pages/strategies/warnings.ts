/** Warnings of the API (`{code, field, message, …}`) as sentences. */
export const warningSentences = (warnings: readonly Record<string, unknown>[]): string[] =>
  warnings.flatMap(({ field, message }) => {
    if (typeof message !== 'string') return [];
    return [typeof field === 'string' ? `${field}: ${message}` : message];
  });
