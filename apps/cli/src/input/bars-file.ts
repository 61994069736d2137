import type { Timeframe } from '@assay/contracts';
import type { BarColumns, StandardColumn } from '@assay/domain';
import { parseBarsCsv } from '@assay/market-data/csv';
import type { FlagSpec } from '../args/flag';
import type { Args } from '../args/parse-args';
import { blaming, UsageError } from '../args/usage-error';
import { readFlagFile } from './read-file';

export const BARS_FLAG: FlagSpec = {
  name: 'bars',
  kind: 'text',
  value: 'FILE',
  required: true,
  help: 'CSV with date,open,high,low,close,volume in any case and order; a column close is enough where the rest is not needed',
};
export const ADJUST_FLAG: FlagSpec = {
  name: 'adjust',
  kind: 'choice',
  choices: ['none', 'adj_close'],
  default: 'none',
  help: 'scale all prices by adjusted close / close',
};

/** Bars of the `--bars` file and which columns it really has. */
export interface BarsFile {
  path: string;
  bars: BarColumns;
  present: ReadonlySet<'date' | StandardColumn>;
}

/** A column that must be there, and the flag (with its value) that needs it. */
export interface ColumnNeed {
  column: string;
  flag: string;
  hint?: string;
}

export function readBarsFile(args: Args, timeframe: Timeframe = '1d'): BarsFile {
  const path = args.text('bars');
  const bytes = readFlagFile('--bars', path);
  const { bars, present, adjFactor } = blaming(`--bars ${path}`, () =>
    parseBarsCsv(bytes, { timeframe, source: 'csv', symbol: path }),
  );
  if (args.optional('adjust') !== 'adj_close') return { path, bars, present };
  if (adjFactor === null) {
    throw new UsageError(
      `--adjust adj_close needs the columns close and adj_close, but ${path} has ${columnsOf({ bars, present })}`,
    );
  }
  const scaled = (column: Float64Array): Float64Array => column.map((value, i) => value * adjFactor[i]);
  const adjusted = {
    open: scaled(bars.open),
    high: scaled(bars.high),
    low: scaled(bars.low),
    close: scaled(bars.close),
  };
  return { path, bars: { ...bars, ...adjusted }, present };
}

function columnsOf({ bars, present }: Pick<BarsFile, 'bars' | 'present'>): string {
  return [...present, ...Object.keys(bars.extra)].join(', ');
}

/** Throws UsageError that names every missing column with the flag that needs it, a line per flag. */
export function requireColumns(file: BarsFile, needs: readonly ColumnNeed[]): void {
  const missing = needs.filter(({ column }) => {
    const name = column === 'v' ? 'close' : column;
    return !file.present.has(name as StandardColumn) && !Object.hasOwn(file.bars.extra, name);
  });
  if (missing.length === 0) return;
  const lines = [...new Set(missing.map(({ flag }) => flag))].map((flag) => {
    const own = missing.filter((need) => need.flag === flag);
    const names = [...new Set(own.map(({ column }) => (column === 'v' ? 'close' : column)))];
    const hint = own[0].hint ? `; ${own[0].hint}` : '';
    const columns = `column${names.length === 1 ? '' : 's'} ${names.join(', ')}`;
    return `${flag} needs the ${columns}, but ${file.path} has ${columnsOf(file)}${hint}`;
  });
  throw new UsageError(lines.join('\n'));
}
