/** Numbers and texts out of the results, which the API describes as objects. */
export const numberIn = (values: unknown, key: string): number | null => {
  const value = (values as Record<string, unknown> | null | undefined)?.[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

export const listIn = (values: unknown, key: string): unknown[] => {
  const value = (values as Record<string, unknown> | null | undefined)?.[key];
  return Array.isArray(value) ? (value as unknown[]) : [];
};

export const recordIn = (values: unknown, key: string): Record<string, unknown> | null => {
  const value = (values as Record<string, unknown> | null | undefined)?.[key];
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
};

/** First and last bar of a span, as dates of the results. null: no span. */
export function spanOf(given: unknown): [number, number] | null {
  if (!Array.isArray(given) || given.length !== 2) return null;
  const [from, to] = given.map((time) => Date.parse(String(time)));
  return Number.isFinite(from) && Number.isFinite(to) ? [from!, to!] : null;
}

export interface Row {
  name: string;
  train: [number, number][];
  test: [number, number][];
}

const pairs = (given: unknown[]): [number, number][] => {
  const alone = spanOf(given);
  if (alone) return [alone];
  return given.map(spanOf).filter((span) => span !== null);
};

/** Folds or splits as rows of spans, with the least and greatest time of all. null without any. */
export function rowsOf(
  runs: readonly unknown[],
  nameOf: (index: number) => string,
): { rows: Row[]; from: number; to: number } | null {
  const rows = runs.map((run, index) => ({
    name: nameOf(index),
    train: pairs(listIn(run, 'train')),
    test: pairs(listIn(run, 'test')),
  }));
  const times = rows.flatMap(({ train, test }) => [...train, ...test].flat());
  if (times.length === 0) return null;
  return { rows, from: Math.min(...times), to: Math.max(...times) };
}
