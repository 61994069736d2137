/** Compounded return of a calendar month (1 to 12, UTC) of the bars' open times. */
export interface MonthlyReturn {
  readonly year: number;
  readonly month: number;
  readonly value: number;
}

export interface AnnualReturn {
  readonly year: number;
  readonly value: number;
}

/** One row per month that has bars, in time order. `openTimeMs` ascending, one per return. */
export function monthlyReturns(openTimeMs: Float64Array, returns: Float64Array): MonthlyReturn[] {
  if (openTimeMs.length !== returns.length)
    throw new RangeError(`openTimeMs must have ${returns.length} values like returns, had ${openTimeMs.length}`);
  const rows: { year: number; month: number; value: number }[] = [];
  for (let t = 0; t < returns.length; t++) {
    const date = new Date(openTimeMs[t]);
    const year = date.getUTCFullYear();
    const month = date.getUTCMonth() + 1;
    let row = rows[rows.length - 1];
    if (row === undefined || row.year !== year || row.month !== month) {
      row = { year, month, value: 0 };
      rows.push(row);
    }
    row.value = (1 + row.value) * (1 + returns[t]) - 1;
  }
  return rows;
}

/** Compounds the months of each year. */
export function annualReturns(months: readonly MonthlyReturn[]): AnnualReturn[] {
  const rows: { year: number; value: number }[] = [];
  for (const { year, value } of months) {
    const last = rows[rows.length - 1];
    if (last?.year === year) last.value = (1 + last.value) * (1 + value) - 1;
    else rows.push({ year, value });
  }
  return rows;
}
