import type { TextLayout } from '../layout/layout';
import { RowScanner } from './row-scanner';
import type { TextSource } from './text-source';

/**
 * Calls `visit` with the cells of every row that has them all, and the bytes they lie in, until it says that it has seen enough.
 */
export function eachRow(
  source: TextSource,
  { delimiter, columns, from, line, symbols }: TextLayout,
  visit: (scanner: RowScanner, line: number, bytes: Uint8Array) => boolean,
): void {
  let row = line;
  source.walk(from, (bytes, start, isLast) => {
    const scanner = new RowScanner(bytes, delimiter, columns.length);
    for (let at = start; at < bytes.length; row += 1) {
      const next = scanner.next(at);
      if (goesOn(next, bytes, isLast)) return at;
      at = next;
      if (scanner.blank || scanner.cells !== columns.length || symbols?.isOther(scanner)) continue;
      if (visit(scanner, row, bytes)) return null;
    }
    return bytes.length;
  });
}

/** Whether the row that ends before `next` may go on in the piece after this one. */
export const goesOn = (next: number, bytes: Uint8Array, isLast: boolean): boolean => !isLast && next > bytes.length;
