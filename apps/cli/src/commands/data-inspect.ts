import type { MarketCode, Timeframe } from '@assay/contracts';
import { calendarFor } from '@assay/market-data/calendars';
import { inspectBarsFile, type FileInspection, type ReadOptions } from '@assay/market-data/files';
import { readImport, type ImportWarning } from '@assay/market-data/imports';
import { isDomainError } from '@assay/primitives/errors';
import type { Args } from '../args/parse-args';
import { readFlagFile } from '../input/read-file';
import { asFlags } from '../input/as-flags';
import { READING_FLAGS, readingOptions } from '../input/reading-flags';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import type { Command } from './command';
import { fileFlag } from '../input/file-flag';
import { counted } from '../output/table';

const MARKET_HELP = 'whose sessions the dates must lie on and close the last bar, as an import for it asks';
const WOULD_BE_REFUSED = 1;

/** With `--market` also what an import for it says. */
type Inspection = FileInspection & { market?: MarketCode; warnings?: ImportWarning[] };

function columnsText({ columns }: FileInspection): string {
  return columns
    .map(({ name, read_as }) => (name === read_as ? name : `${name || '(no name)'} = ${read_as}`))
    .join(', ');
}

/** One line a fact, the values under one another. */
function text(found: Inspection): string {
  const range = found.first === null ? null : `${found.first} to ${found.last}`;
  const number = (value: number | null): string | null => (value === null ? null : counted(value));
  const facts: [string, string | null][] = [
    ['file', `${found.name}, ${counted(found.bytes)} bytes`],
    ['container', found.containers.join(', then ') || null],
    ['encoding', found.encoding],
    ['format', found.layout === null ? found.format : `${found.format}, as of ${found.layout}`],
    ['delimiter', found.delimiter],
    ['decimals', found.decimal],
    ['columns', columnsText(found) || null],
    ['times', found.time_format],
    ['zone', found.zone],
    ['symbols', found.symbols.join(', ') || null],
    ['market', found.market ?? null],
    ['spacing', found.spacing],
    ['timeframe', found.timeframe],
    ['range', range],
    ['rows', number(found.rows)],
    ['bars', number(found.bars)],
    ...found.recognised.map(({ message }): [string, string] => ['recognised', message]),
    ...found.repairs.map(({ message }): [string, string] => ['repair', message]),
    ...(found.warnings ?? []).map(({ message }): [string, string] => ['warning', message]),
    ...found.problems.map(({ message }): [string, string] => ['problem', asFlags(message)]),
  ];
  const shown = facts.filter(([, value]) => value !== null);
  const width = Math.max(...shown.map(([label]) => label.length));
  const lines = shown.map(([label, value], i) => {
    const again = i > 0 && shown[i - 1][0] === label;
    return `${(again ? '' : label).padEnd(width)}  ${value}`;
  });
  return `${lines.join('\n')}\n`;
}

async function run(args: Args, io: Io): Promise<number> {
  const path = args.text('file');
  const bytes = readFlagFile('FILE', path);
  const reading = { ...readingOptions(args), name: path };
  const market = args.optional('market') as MarketCode | undefined;
  const dateZone = reading.zone ?? (market && calendarFor(market).zone);
  const found = await inspectBarsFile(bytes, { ...reading, dateZone });
  const judged =
    market === undefined || found.problems.length > 0 ? found : await byMarket(bytes, reading, market, found);
  io.out(args.on('json') ? toJson(judged) : text(judged));
  return judged.problems.length > 0 ? WOULD_BE_REFUSED : 0;
}

/** With what an import for the market refuses, and what it would leave out or warn of. */
async function byMarket(
  bytes: Uint8Array,
  { symbol, timeframe: _, ...reading }: ReadOptions,
  market: MarketCode,
  found: FileInspection,
): Promise<Inspection> {
  // the answer of inspect names the symbol and the timeframe that were read
  const series = { symbol: symbol ?? found.symbols[0] ?? 'file', timeframe: (found.timeframe ?? '1d') as Timeframe };
  const rules = { source: 'file', market, adjust: 'none', outsideSessions: 'refuse', nowMs: Date.now() } as const;
  try {
    const { bars, warnings } = await readImport(bytes, { ...series, ...rules, reading });
    return { ...found, bars: bars.openTimeMs.length, market, warnings };
  } catch (error) {
    if (!isDomainError(error) || !error.errors) throw error;
    return { ...found, market, warnings: [], problems: error.errors };
  }
}

export const dataInspectCommand: Command = {
  name: 'data inspect',
  summary: 'show what is recognised of a file of bars, what would be mended, and why it is refused',
  flags: [
    fileFlag(
      'text (CSV and its kin), JSON, Parquet, Arrow or Feather, plain or in gz or zip; docs/data.md lists the formats',
    ),
    ...READING_FLAGS.map((flag) => (flag.name === 'market' ? { ...flag, help: MARKET_HELP } : flag)),
  ],
  examples: [
    'assay data inspect BTCUSDT-1h-2025-01.zip',
    'assay data inspect prices.csv --market US',
    'assay data inspect prices.csv --date-format dd/mm/yyyy --json',
  ],
  run,
};
