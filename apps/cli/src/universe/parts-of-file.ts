import { inspectBarsFile } from '@assay/market-data/files';
import type { Args } from '../args/parse-args';
import { UsageError } from '../args/usage-error';
import { readingOptions } from '../input/reading-flags';

const LINE_END = 0x0a;
const QUOTE = 0x22;

/**
 * A file of several symbols as one file each, of those that are asked for. Plain delimited text is cut by its rows; anything
 * else is given whole for each, and read for its symbol.
 */
export async function partsOfFile(
  args: Args,
  path: string,
  bytes: Uint8Array,
  symbols: readonly string[],
): Promise<Map<string, Uint8Array>> {
  const {
    columns,
    symbols: found,
    delimiter,
    containers,
    format,
  } = await inspectBarsFile(bytes, {
    ...readingOptions(args),
    name: path,
    symbol: symbols[0],
  });
  const at = columns.findIndex(({ read_as }) => read_as === 'symbol');
  if (at < 0) {
    if (symbols.length === 1) return new Map([[symbols[0], bytes]]);
    throw new UsageError(
      `--bars must be a folder with a file a symbol, or a file with a column symbol, was ${path} with ${columns.map(({ name }) => name).join(', ')}`,
    );
  }
  const isPlain = containers.length === 0 && format === 'delimited text' && delimiter?.length === 1;
  const parts = isPlain ? rowsBySymbol(bytes, delimiter.charCodeAt(0), at, columns.length) : null;
  if (parts !== null)
    return new Map(symbols.flatMap((symbol) => (parts.has(symbol) ? [[symbol, parts.get(symbol)!]] : [])));
  return new Map(symbols.flatMap((symbol) => (found.includes(symbol) ? [[symbol, bytes]] : [])));
}

/** Header and rows of each symbol; null where a quote or a first line that is no header asks for the real reader. */
function rowsBySymbol(
  bytes: Uint8Array,
  delimiter: number,
  column: number,
  width: number,
): Map<string, Uint8Array> | null {
  if (bytes.includes(QUOTE)) return null;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const headerEnd = text.indexOf(LINE_END) + 1;
  const header = text.subarray(0, headerEnd);
  if (headerEnd === 0 || header.toString('utf8').split(String.fromCharCode(delimiter)).length !== width) return null;
  const parts = new Map<string, Uint8Array[]>();
  // the rows of a symbol mostly lie together: a run of them is one piece
  let symbol: string | undefined;
  let since = headerEnd;
  for (let from = headerEnd; from < text.length;) {
    const next = text.indexOf(LINE_END, from) + 1 || text.length;
    const own = cellAt(text, from, next, delimiter, column);
    if (own !== symbol) {
      push(symbol, since, from);
      symbol = own;
      since = from;
    }
    from = next;
  }
  push(symbol, since, text.length);
  return new Map([...parts].map(([name, pieces]) => [name, Buffer.concat([header, ...pieces])]));

  function push(name: string | undefined, from: number, to: number): void {
    if (name === undefined || from === to) return;
    const pieces = parts.get(name);
    if (pieces) pieces.push(text.subarray(from, to));
    else parts.set(name, [text.subarray(from, to)]);
  }
}

function cellAt(text: Buffer, from: number, to: number, delimiter: number, column: number): string {
  let start = from;
  for (let k = 0; k < column; k++) {
    const at = text.indexOf(delimiter, start);
    if (at < 0 || at >= to) return '';
    start = at + 1;
  }
  const at = text.indexOf(delimiter, start);
  return text.toString('utf8', start, at < 0 || at >= to ? to : at).trim();
}
