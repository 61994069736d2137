import type { TextLayout } from '../layout/layout';
import { RowScanner } from './row-scanner';

/** Calls `visit` with the cells of every row that has them all, until it says that it has seen enough. */
export function eachRow(
  bytes: Uint8Array,
  { delimiter, columns, from, line, symbols }: TextLayout,
  visit: (scanner: RowScanner, line: number) => boolean,
): void {
  const scanner = new RowScanner(bytes, delimiter, columns.length);
  for (let at = from, row = line; at < bytes.length; row += 1) {
    at = scanner.next(at);
    if (scanner.blank || scanner.cells !== columns.length || symbols?.isOther(scanner)) continue;
    if (visit(scanner, row)) return;
  }
}
