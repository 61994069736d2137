export type Cell = string | number | null | undefined;

const GAP = '  ';

/** A number for people: six significant digits, whole numbers as they are, `-` for undefined. */
export function shown(value: Cell): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined || Number.isNaN(value)) return '-';
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}

/** Text that people have written may have lines, and what a terminal takes for a command: a row of a table is one line of words. */
const onOneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ');

/** Aligned columns: text to the left, numbers to the right. The first row may be a header of any text. */
export function table(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cells = rows.map((row) => row.map((cell) => onOneLine(shown(cell))));
  const widths = header.map((title, c) => Math.max(title.length, ...cells.map((row) => row[c].length)));
  const numeric = header.map((_, c) => rows.length > 0 && rows.every((row) => typeof row[c] !== 'string'));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, c) => (numeric[c] ? cell.padStart(widths[c]) : cell.padEnd(widths[c])))
      .join(GAP)
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join(GAP);
  return `${[line(header), rule, ...cells.map(line)].join('\n')}\n`;
}

/** A count for people: 4,851. */
export const counted = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');
