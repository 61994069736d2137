import { invalid } from '@assay/primitives';
import { textOf } from '../cells/number-bytes';
import type { TextLayout } from '../layout/layout';
import type { ReadNotes } from '../read-note';
import type { RowFilter, RowScanner } from './row-scanner';
import { eachRow } from './row-source';
import type { TextSource } from './text-source';

const MOST_LISTED = 20;

/** Tells the rows of one symbol from those of others in the same file. */
export class PickedSymbol implements RowFilter {
  private readonly wanted: Uint8Array;

  constructor(
    private readonly column: number,
    symbol: string,
  ) {
    this.wanted = Buffer.from(symbol, 'utf8');
  }

  isOther({ starts, ends, bytes }: RowScanner): boolean {
    const [from, to] = [starts[this.column], ends[this.column]];
    if (to - from !== this.wanted.length) return true;
    for (let i = 0; i < this.wanted.length; i += 1) if (bytes[from + i] !== this.wanted[i]) return true;
    return false;
  }
}

/** The symbol to read of those in a file: the only one, or the one of the wanted name. @throws DomainError that lists them */
export function pickOf(symbols: readonly string[], wanted: string | undefined, notes: ReadNotes): string {
  notes.facts.symbols = [...symbols];
  const same = (a: string, b: string | undefined): boolean => a.toLowerCase() === b?.toLowerCase();
  const picked = symbols.length === 1 ? symbols[0] : symbols.find((symbol) => same(symbol, wanted));
  if (picked === undefined) {
    const more = symbols.length > MOST_LISTED ? ` and ${symbols.length - MOST_LISTED} more` : '';
    const listed = symbols.slice(0, MOST_LISTED).join(', ') + more;
    const message = `symbol must be one of the ${symbols.length} in the file, ${listed}, was ${wanted || 'missing'}`;
    throw invalid([{ field: 'symbol', rule: 'one_symbol', value: wanted ?? null, message }]);
  }
  const others = symbols.length - 1;
  if (others > 0) notes.recognise('symbol', `of the ${symbols.length} symbols of the file ${picked} is read`);
  else if (wanted !== undefined && !same(picked, wanted))
    notes.recognise('symbol', `the file calls its symbol ${picked}`);
  return picked;
}

/** Settles which rows are read where a column names symbols; null where none does or all rows have the same. */
export function symbolsOf(
  text: TextSource,
  layout: TextLayout,
  wanted: string | undefined,
  notes: ReadNotes,
): PickedSymbol | null {
  const column = layout.columns.findIndex(({ role }) => role === 'symbol');
  if (column < 0) return null;
  const found = new Set<string>();
  let last: PickedSymbol | null = null;
  eachRow(text, layout, (scanner, _line, bytes) => {
    // the rows of a symbol mostly lie together
    if (last !== null && !last.isOther(scanner)) return false;
    const symbol = textOf(bytes, scanner.starts[column], scanner.ends[column]);
    found.add(symbol);
    last = new PickedSymbol(column, symbol);
    return false;
  });
  if (found.size === 0) return null;
  const picked = pickOf([...found], wanted, notes);
  return found.size > 1 ? new PickedSymbol(column, picked) : null;
}
