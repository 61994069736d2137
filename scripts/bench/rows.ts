/** One line of the benchmark table; `ratio` is null where there is nothing to compare with. */
export interface Row {
  readonly what: string;
  readonly value: string;
  readonly ratio: number | null;
  readonly note: string;
}

/** The rows as aligned text. */
export function formatRows(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.what,
    row.value,
    row.ratio === null ? '' : `${row.ratio.toFixed(2)}x`,
    row.note,
  ]);
  const widths = [0, 1, 2].map((c) => Math.max(...cells.map((line) => line[c].length)));
  return cells
    .map((line) =>
      `${line[0].padEnd(widths[0])}  ${line[1].padStart(widths[1])}  ${line[2].padStart(widths[2])}  ${line[3]}`.trimEnd(),
    )
    .join('\n');
}
