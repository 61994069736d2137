import { isDated, type QualityCode, type Timeframe } from '@assay/contracts';
import { isBar, sliceBars, type BarColumns, type StandardColumn } from '@assay/domain';
import { adjustBars, splitText, unadjustedSplits } from '@assay/market-data/adjustments';
import { readBarsFile as readFile, refuseRepairs, type ParsedBars, type ReadOptions } from '@assay/market-data/files';
import type { FlagSpec } from '../args/flag';
import type { Args } from '../args/parse-args';
import { blamed, UsageError, type FlagsByField } from '../args/usage-error';
import type { Io } from '../output/io';
import { closedBars } from './closed-bars';
import { stamped } from './stamped-bars';
import { readFlagFile } from './read-file';
import { READING_FIELDS, readingOptions } from './reading-flags';
import { weekendWarning } from './weekend-bars';

export const BARS_FLAG: FlagSpec = {
  name: 'bars',
  kind: 'text',
  value: 'FILE',
  required: true,
  help: 'bars as text, JSON, Parquet or Arrow, plain or in gz or zip, as data inspect FILE shows; a column close is enough where the rest is not needed',
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
  /** What results on these bars should be shown with. */
  warnings: readonly { code: QualityCode; message: string }[];
  /** Line of each bar in the file. */
  lines: Int32Array;
  /** Adjusted close / close of each bar; null where the file has no such column. */
  adjFactor: Float64Array | null;
}

/** A column that must be there, and the flag (with its value) that needs it. */
export interface ColumnNeed {
  column: string;
  flag: string;
  hint?: string;
}

/**
 * Reads `--bars`, closed bars only; says on stderr how the file was read where it is no plain one, and what was mended
 * or left out. `stated` is the timeframe of a strategy, which the flag may not contradict; `flag` names another file's.
 */
export async function readBarsFile(
  args: Args,
  io: Io,
  stated?: Timeframe,
  path = args.text('bars'),
  flag = 'bars',
): Promise<BarsFile> {
  const label = args.named(flag, path);
  const content = readFlagFile(label === path ? BARS_FLAG.value! : `--${flag}`, path);
  return readBarsOf(args, io, stated, { path, label, content, adjust: ADJUSTING[flag] });
}

/** What `--adjust adj_close` does to a file: rates are no prices, and an index has no adjusted close. */
export type Adjusting = 'never' | 'where_known';
const ADJUSTING: Readonly<Record<string, Adjusting>> = { fx: 'never', benchmark: 'where_known' };

/** A file that has been read, and what messages call it. */
export interface FileRead {
  path: string;
  label: string;
  /** Its bytes, or what `readBarsFile` of market data made of them under `barsOptions`. */
  content: Uint8Array | ParsedBars;
  /** Whether `--adjust adj_close` is for it; default: yes, and the column has to be there. */
  adjust?: Adjusting;
  /** Of its bars; default: what the flag says, or the path. */
  symbol?: string;
}

/** The same of a file that has been read. */
export async function readBarsOf(args: Args, io: Io, stated: Timeframe | undefined, file: FileRead): Promise<BarsFile> {
  const { path, label } = file;
  const parsed = await closedOf(args, file, stated);
  const { bars, present, adjFactor, lines } = parsed;
  for (const { message } of parsed.recognised) io.err(`${label}: ${message}\n`);
  for (const { message } of parsed.repairs) io.err(`${label}: warning: ${message}\n`);
  const isAsked = args.takes('adjust') && args.text('adjust') === 'adj_close' && file.adjust !== 'never';
  const isAdjusted = isAsked && !(file.adjust === 'where_known' && adjFactor === null);
  if (isAsked && !isAdjusted) io.err(`${label}: has no column adj_close, its prices are taken as they are\n`);
  const splits = isAsked || file.adjust === 'never' || !args.takes('adjust') ? [] : unadjustedSplits(bars, adjFactor);
  const weekend = weekendWarning(parsed, args.optional('zone'));
  const warnings: BarsFile['warnings'] = [
    ...(splits.length === 0
      ? []
      : [{ code: 'unadjusted_split' as const, message: splitText(splits, 'use --adjust adj_close') }]),
    ...(weekend ? [weekend] : []),
  ];
  for (const { code, message } of warnings) io.err(`${label}: warning ${code}: ${message}\n`);
  if (!isAdjusted) return { path, bars, present, warnings, lines, adjFactor };
  if (adjFactor === null) {
    throw new UsageError(
      `--adjust adj_close needs the columns close and adj_close, but ${path} has ${columnsOf({ bars, present })}`,
    );
  }
  return { path, bars: adjustBars(bars, adjFactor, 'adj_close'), present, warnings, lines, adjFactor };
}

/** How the flags say that a file is read. */
export function barsOptions(args: Args, stated: Timeframe | undefined, path: string, symbol?: string): ReadOptions {
  const given = args.optional('timeframe');
  if (stated !== undefined && given !== undefined && given !== stated)
    throw new UsageError(`--timeframe must be ${stated}, as the strategy states, was ${given}`);
  const own = { ...(symbol === undefined ? {} : { symbol }), ...(stated ? { timeframe: stated } : {}) };
  return { ...readingOptions(args), ...own, name: path };
}

/** A timeframe that the strategy states is no fault of a flag, and no flag may change it. */
const fieldsOf = (label: string, stated: Timeframe | undefined): FlagsByField =>
  stated === undefined ? READING_FIELDS : { ...READING_FIELDS, timeframe: `${label}: the timeframe of --strategy` };

async function closedOf(
  args: Args,
  { path, label, content, symbol }: FileRead,
  stated: Timeframe | undefined,
): Promise<ParsedBars> {
  const options = barsOptions(args, stated, path, symbol);
  try {
    const read = content instanceof Uint8Array ? await readFile(content, options) : content;
    const parsed = await stamped(args, read, options.strict);
    const { count, note } = await closedBars(args, parsed);
    if (note !== null && options.strict) refuseRepairs([note]);
    if (count === 0) throw new UsageError(`${label}: no bar is closed yet: ${note!.message}`);
    return {
      ...parsed,
      bars: { ...sliceBars(parsed.bars, 0, count), symbol: symbol ?? options.symbol ?? path },
      adjFactor: parsed.adjFactor?.subarray(0, count) ?? null,
      lines: parsed.lines.subarray(0, count),
      repairs: note === null ? parsed.repairs : [...parsed.repairs, note],
    };
  } catch (error) {
    throw blamed(label, error, fieldsOf(label, stated));
  }
}

/** Time of a bar for tables: the date of a daily one. */
export function barTime({ openTimeMs, timeframe }: BarColumns, bar: number): string {
  const iso = new Date(openTimeMs[bar]).toISOString();
  return isDated(timeframe) ? iso.slice(0, 10) : iso.replace('.000Z', 'Z');
}

/** Throws UsageError by line and date where prices are no bar: stops and targets would fill at prices that never were. */
export function requireRanges({ path, bars, present, lines }: BarsFile): void {
  const { open, high, low, close } = bars;
  for (let i = 0; i < close.length; i += 1) {
    if (isBar(open[i], high[i], low[i], close[i])) continue;
    const where = `line ${lines[i]}${present.has('date') ? ` (${barTime(bars, i)})` : ''}`;
    const was = `open ${open[i]}, high ${high[i]}, low ${low[i]}, close ${close[i]}`;
    throw new UsageError(`--bars ${path}: ${where}: the bar must have 0 < low <= open, close <= high, was ${was}`);
  }
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
