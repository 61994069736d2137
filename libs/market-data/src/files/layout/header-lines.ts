import type { ReadNotes } from '../read-note';
import { pickOf } from '../rows/symbols';
import { columnsOf } from './column-names';

const FURTHER_HEADER = /^(ticker|tickers|symbol|symbols|price|date|datetime)$/i;
const SYMBOL_LINE = /^(ticker|tickers|symbol|symbols)$/i;

/** A further header line, as under several index levels: a name first and no number in it. */
const isFurtherHeader = (cells: readonly string[]): boolean =>
  FURTHER_HEADER.test(cells[0]) && cells.slice(1).every((cell) => !/^[\d.+-]/.test(cell));

/**
 * Names of columns by a header of one or more lines. Where a line names the symbol of each column, those of the others
 * are `left` out. @throws DomainError that lists the symbols when none of several is wanted
 */
export function namesOfHeader(
  rows: readonly string[][],
  symbol: string | undefined,
  notes: ReadNotes,
): { names: string[]; lines: number; left: ReadonlySet<number> } {
  let lines = 1;
  while (lines < rows.length && isFurtherHeader(rows[lines])) lines += 1;
  const header = rows.slice(0, lines);
  const known = (cells: readonly string[]): number => columnsOf(cells).filter(({ role }) => role !== 'extra').length;
  const names = header.reduce((best, cells) => (known(cells) > known(best) ? cells : best), header[0] ?? ['']);
  const symbols = lines > 1 ? header.find((cells) => SYMBOL_LINE.test(cells[0]) && cells !== names) : undefined;
  if (!symbols) return { names, lines, left: new Set() };
  const all = [...new Set(symbols.slice(1).filter((cell) => cell !== ''))];
  if (all.length === 0) return { names, lines, left: new Set() };
  const picked = pickOf(all, symbol, notes);
  const left = symbols.flatMap((cell, at) => (at > 0 && cell !== '' && cell !== picked ? [at] : []));
  return { names, lines, left: new Set(left) };
}
