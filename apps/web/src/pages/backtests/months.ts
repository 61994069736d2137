export interface YearRow {
  year: number;
  /** January to December; null where the run has no bar in the month. */
  months: (number | null)[];
  total: number | null;
  buyHold: number | null;
}

const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

/** Returns by month as a row a year, the newest first. */
export function yearRows(
  months: readonly Record<string, unknown>[],
  years: readonly Record<string, unknown>[],
): YearRow[] {
  const rows = new Map<number, YearRow>();
  const rowOf = (year: number): YearRow => {
    const row = rows.get(year) ?? { year, months: new Array<number | null>(12).fill(null), total: null, buyHold: null };
    rows.set(year, row);
    return row;
  };
  for (const entry of months) {
    const year = numberOf(entry.year);
    const month = numberOf(entry.month);
    if (year === null || month === null || month < 1 || month > 12) continue;
    rowOf(year).months[month - 1] = numberOf(entry.return);
  }
  for (const entry of years) {
    const year = numberOf(entry.year);
    if (year === null) continue;
    const row = rowOf(year);
    row.total = numberOf(entry.return);
    row.buyHold = numberOf(entry.buy_hold);
  }
  return [...rows.values()].sort((a, b) => b.year - a.year);
}

/** Strength of the tint of a month, -1 to 1: the share of the greatest move of all months. */
export function tintOf(value: number | null, greatest: number): number {
  return value === null || greatest === 0 ? 0 : Math.max(-1, Math.min(1, value / greatest));
}
