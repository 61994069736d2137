import { MARKETS, TIMEFRAMES } from '@assay/contracts';
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { importFile, outcomeText, type FileOutcome } from '../api/import-file';
import { ResearchApi, URL_FLAG } from '../api/research-api';
import type { FlagScope, FlagSpec } from '../args/flag';
import type { Args } from '../args/parse-args';
import { UsageError } from '../args/usage-error';
import { READING_FLAGS } from '../input/reading-flags';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import type { Command } from './command';

const FAILED = 1;
const OTHERWISE = new Set(['symbol', 'timeframe', 'market']);
const TEXT_FIELDS = ['source', 'timeframe', 'market', 'adjust', 'actions', 'zone', 'date-format', 'decimal', 'columns', 'outside-sessions']; // prettier-ignore
const SWITCHES = ['synthetic', 'sort', 'skip-bad', 'strict'];

/** The files that are meant: those given, and those of the folders that are given, in the order of their names. */
function filesOf(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) throw new UsageError(`FILE must be a readable file or folder, was ${path} (there is no such file)`);
    if (!found.isDirectory()) return [path];
    const names = readdirSync(path, { withFileTypes: true }).filter((one) => one.isFile() && !one.name.startsWith('.'));
    if (names.length === 0) throw new UsageError(`FILE must be a file or a folder with files, ${path} has none`);
    return names.map(({ name }) => join(path, name)).sort();
  });
}

/** `BTCUSDT` of `data/BTCUSDT.csv.gz`. */
const symbolOfName = (file: string): string =>
  basename(file).replace(/(\.(gz|zip|csv|tsv|txt|json|parquet|arrow|feather))+$/i, '');

function fieldsOf(args: Args, file: string): Record<string, string> {
  const given = TEXT_FIELDS.map((flag) => [flag, args.optional(flag)] as const);
  const on = SWITCHES.filter((flag) => args.on(flag)).map((flag) => [flag, 'true'] as const);
  const named = [...given, ...on].flatMap(([flag, value]) =>
    value === undefined ? [] : [[flag.replaceAll('-', '_'), value] as const],
  );
  return { symbol: args.optional('symbol') ?? symbolOfName(file), ...Object.fromEntries(named) };
}

async function run(args: Args, io: Io): Promise<number> {
  const files = filesOf(args.all('file'));
  if (!args.has('symbol') && !args.has('symbol-from')) throw new UsageError('--symbol or --symbol-from is required');
  if (args.has('symbol') && files.length > 1)
    throw new UsageError(`--symbol must not be given for ${files.length} files: give --symbol-from name`);
  const api = new ResearchApi(args.text('url'));
  const outcomes: FileOutcome[] = [];
  for (const file of files) {
    const outcome = await importFile(api, file, fieldsOf(args, file), io);
    outcomes.push(outcome);
    if (args.on('json')) continue;
    const write = outcome.result === null ? io.err : io.out;
    write(outcomeText(outcome));
  }
  if (args.on('json')) io.out(toJson({ items: outcomes }));
  const failed = outcomes.filter(({ result }) => result === null).length;
  if (files.length > 1) io.err(`${files.length - failed} of ${files.length} files are imported\n`);
  return failed > 0 ? FAILED : 0;
}

const ONE_SYMBOL: FlagScope = { text: 'only without --symbol-from', holds: (args) => !args.has('symbol-from') };

const FLAGS: readonly FlagSpec[] = [
  {
    name: 'file',
    kind: 'text',
    value: 'FILE...',
    positional: true,
    repeatable: true,
    required: true,
    help: 'files or folders of them, as data inspect takes them; each is sent as it is read',
  },
  URL_FLAG,
  {
    name: 'market',
    kind: 'choice',
    choices: MARKETS,
    required: true,
    help: 'whose sessions the bars lie in; docs/data.md lists the markets',
  },
  { name: 'timeframe', kind: 'choice', choices: TIMEFRAMES, required: true, help: 'of the bars' },
  {
    name: 'symbol',
    kind: 'text',
    value: 'SYMBOL',
    scope: ONE_SYMBOL,
    help: 'under which the bars are stored, and which to read of several in the file',
  },
  {
    name: 'symbol-from',
    kind: 'choice',
    choices: ['name'],
    help: 'each file is of the symbol that it is named by, such as AAPL.csv',
  },
  { name: 'source', kind: 'text', default: 'csv', help: 'where the bars come from' },
  {
    name: 'adjust',
    kind: 'choice',
    choices: ['none', 'adj_close'],
    help: 'adj_close: keep adjusted close / close as the adjustment',
  },
  {
    name: 'actions',
    kind: 'choice',
    choices: ['none', 'from_columns', 'dividends_from_columns'],
    help: 'columns Dividends and Stock Splits of yfinance as corporate actions: both beside prices as traded, dividends alone beside prices of Yahoo',
  },
  { name: 'synthetic', kind: 'switch', help: 'made-up bars, shown as such everywhere' },
  {
    name: 'outside-sessions',
    kind: 'choice',
    choices: ['refuse', 'drop', 'keep'],
    help: 'daily bars on dates without a session of the market: drop leaves them out, keep stores them; otherwise they are refused',
  },
  ...READING_FLAGS.filter(({ name }) => !OTHERWISE.has(name)),
];

export const dataImportCommand: Command = {
  name: 'data import',
  summary: 'import files of bars into the research service, and say what was recognised, mended and found',
  flags: FLAGS,
  examples: [
    'assay data import minutes.csv --symbol BTCUSDT --timeframe 1m --market CRYPTO --source binance',
    'assay data import days/*.csv --symbol-from name --timeframe 1d --market US',
  ],
  run,
};
