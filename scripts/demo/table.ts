export type Cell = string | number | boolean | null | undefined;

const shown = (cell: Cell): string => {
  if (cell === null || cell === undefined) return '-';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (typeof cell !== 'number') return cell;
  return Number.isInteger(cell) ? String(cell) : cell.toFixed(3);
};

/** Lines of an aligned table; numbers are right-aligned with three decimals. */
export function table(headers: string[], rows: Cell[][]): string[] {
  const text = rows.map((row) => row.map(shown));
  const widths = headers.map((header, column) => Math.max(header.length, ...text.map((row) => row[column].length)));
  const numeric = headers.map((_, column) =>
    rows.every((row) => typeof row[column] === 'number' || row[column] == null),
  );
  const line = (cells: string[]): string =>
    `  ${cells.map((cell, c) => (numeric[c] ? cell.padStart(widths[c]) : cell.padEnd(widths[c]))).join('  ')}`.trimEnd();
  return [line(headers), line(widths.map((width) => '-'.repeat(width))), ...text.map(line)];
}
