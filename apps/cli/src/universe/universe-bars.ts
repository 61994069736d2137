import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { UniverseDocument } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import type { Args } from '../args/parse-args';
import { UsageError } from '../args/usage-error';
import {
  barsOptions,
  readBarsOf,
  requireColumns,
  type BarsFile,
  type ColumnNeed,
  type FileRead,
} from '../input/bars-file';
import { readFlagFile } from '../input/read-file';
import type { Io } from '../output/io';
import { parseFiles } from './parse-files';
import { partsOfFile } from './parts-of-file';

/** The bars of a universe's symbols, and what results on them should be shown with. */
export interface UniverseBars {
  series: BarColumns[];
  warnings: BarsFile['warnings'];
}

/** A symbol's own name, or with what no name of a file can hold put another way: BTC/USDT is BTC-USDT or BTC_USDT. */
const fileNames = (symbol: string): string[] => [symbol, symbol.replaceAll('/', '-'), symbol.replaceAll('/', '_')];

/** `AAPL.csv.gz` is of AAPL, `BRK.B.csv` of BRK.B. */
const ENDINGS = /(?:\.(?:csv|tsv|txt|json|jsonl|ndjson|parquet|arrow|feather|gz|zip|zst|bz2|xz))+$/i;

/**
 * Reads the bars of the document's symbols: a folder has a file a symbol, a file has a column that names them. Symbols
 * that are not there have no bars, which the result says.
 */
export async function readUniverseBars(
  args: Args,
  io: Io,
  document: UniverseDocument,
  needs: readonly ColumnNeed[],
): Promise<UniverseBars> {
  const path = args.text('bars');
  const symbols = document.universe.map(({ symbol }) => symbol);
  const series: BarColumns[] = [];
  const warnings: BarsFile['warnings'][number][] = [];
  const take = async (content: FileRead['content'], at: string, label: string, symbol: string): Promise<void> => {
    const file = await readBarsOf(args, io, document.timeframe, { path: at, label, content, symbol });
    requireColumns(file, [{ column: 'date', flag: '--strategy (universe)' }, ...needs]);
    series.push({ ...file.bars, symbol });
    for (const { code, message } of file.warnings) warnings.push({ code, message: `${symbol}: ${message}` });
  };
  if (isFolder(path)) {
    const files = filesOf(path);
    const own = symbols.flatMap((symbol) => {
      const name = fileNames(symbol).find((one) => files.has(one));
      return name === undefined ? [] : [{ symbol, at: join(path, files.get(name)!) }];
    });
    const parsed = await parseFiles(
      own.map(({ symbol, at }) => ({ path: at, options: barsOptions(args, document.timeframe, at, symbol) })),
    );
    for (const [i, { symbol, at }] of own.entries())
      await take(parsed[i] ?? readFlagFile('--bars', at), at, at, symbol);
    const known = new Set(symbols.flatMap(fileNames));
    const idle = [...files.keys()].filter((name) => !known.has(name)).length;
    if (idle > 0)
      io.err(`--bars ${path}: ${idle === 1 ? '1 file is' : `${idle} files are`} of no symbol of the universe\n`);
  } else {
    const parts = await partsOfFile(args, path, readFlagFile('--bars', path), symbols);
    for (const [symbol, bytes] of parts) await take(bytes, path, `--bars ${path} (${symbol})`, symbol);
  }
  if (series.length > 0) return { series, warnings };
  throw new UsageError(`--bars must have bars of a symbol of the universe (${some(symbols)}), had none in ${path}`);
}

const some = (symbols: readonly string[]): string =>
  `${symbols.slice(0, 3).join(', ')}${symbols.length > 3 ? ', ...' : ''}`;

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // the reader of files says what is wrong
    return false;
  }
}

/** Files of a folder by what they are of. */
function filesOf(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!entry.isFile() || entry.name.startsWith('.')) continue;
    const name = entry.name.replace(ENDINGS, '');
    const taken = files.get(name);
    if (taken !== undefined)
      throw new UsageError(`--bars ${folder} must have one file a symbol, had ${taken} and ${entry.name}`);
    files.set(name, entry.name);
  }
  return files;
}
