/** What a column of a dataset looks like. */
export interface ColumnProfile {
  rows: number;
  missing: number;
  /** Part of the rows without a value; null without rows. */
  missingShare: number | null;
  mean: number | null;
  /** Of the sample; null for fewer than two values. */
  deviation: number | null;
  min: number | null;
  median: number | null;
  max: number | null;
}

/** Missing values are counted and left out. The median is the middle one, or the mean of the middle two. */
export function profileOf(values: readonly (number | null)[]): ColumnProfile {
  const present = values.filter((value) => value !== null).sort((a, b) => a - b);
  const rows = values.length;
  const n = present.length;
  const missing = rows - n;
  const shared = { rows, missing, missingShare: rows === 0 ? null : missing / rows };
  if (n === 0) return { ...shared, mean: null, deviation: null, min: null, median: null, max: null };
  const mean = present.reduce((sum, value) => sum + value, 0) / n;
  const squares = present.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const middle = n >> 1;
  return {
    ...shared,
    mean,
    deviation: n > 1 ? Math.sqrt(squares / (n - 1)) : null,
    min: present[0]!,
    median: n % 2 === 1 ? present[middle]! : (present[middle - 1]! + present[middle]!) / 2,
    max: present[n - 1]!,
  };
}
