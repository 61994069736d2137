import { writeFileSync } from 'node:fs';
import { MARKETS } from '@assay/contracts';
import {
  barRuleOf,
  barsOfTrades,
  tradeBarRows,
  tradeBarsToCsv,
  type BarsOfTrades,
  type TradeBarsOptions,
} from '@assay/market-data/trades';
import { dateOrTime } from '@assay/primitives';
import type { FlagScope } from '../args/flag';
import type { Args } from '../args/parse-args';
import { blamed, UsageError } from '../args/usage-error';
import { readFlagFile } from '../input/read-file';
import { READING_FIELDS, READING_FLAGS, readingOptions } from '../input/reading-flags';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { fileFlag } from '../input/file-flag';
import type { Command } from './command';

const FIELDS = {
  ...READING_FIELDS,
  ...{ by: '--by', market: '--market', from: '--from', until: '--until', side_of: '--side-of' },
};
const BY_TIME: FlagScope = {
  text: 'only with --by time:TIMEFRAME',
  holds: (args) => args.text('by').startsWith('time:'),
};

function optionsOf(args: Args, path: string): TradeBarsOptions {
  const { timeframe: _, ...reading } = readingOptions(args);
  const time = (name: string): number | undefined => {
    const text = args.optional(name);
    return text === undefined ? undefined : dateOrTime(name, text);
  };
  return {
    rule: barRuleOf(args.text('by'), args.optional('market')),
    reading: { ...reading, name: path, sideOf: args.optional('side-of') as 'taker' | 'maker' | undefined },
    wholeFromMs: time('from'),
    wholeUntilMs: time('until'),
    outsideSessions: args.text('outside-sessions') as 'refuse' | 'drop',
  };
}

/** Writes to the file of `--out`, else to the standard output. */
function put(args: Args, io: Io, text: string): void {
  const path = args.optional('out');
  if (path === undefined) return io.out(text);
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`--out must be a file that can be written, was ${path} (${(error as Error).message})`);
  }
}

async function run(args: Args, io: Io): Promise<void> {
  const path = args.text('file');
  const bytes = readFlagFile('FILE', path);
  let made: BarsOfTrades;
  try {
    made = await barsOfTrades(bytes, optionsOf(args, path));
  } catch (error) {
    throw blamed(path, error, FIELDS);
  }
  const { symbol, layout, trades, notes, recognised, repairs } = made;
  if (args.on('json')) {
    const head = { by: args.text('by'), symbol, layout, trades, notes, recognised, repairs };
    return put(args, io, toJson({ ...head, bars: [...tradeBarRows(made)] }));
  }
  for (const { message } of recognised) io.err(`${path}: ${message}\n`);
  for (const { message } of repairs) io.err(`${path}: warning: ${message}\n`);
  for (const { code, message } of notes) io.err(`${path}: ${code}: ${message}\n`);
  put(args, io, tradeBarsToCsv(made));
}

export const dataBarsCommand: Command = {
  name: 'data bars',
  summary: 'make bars of a file of trades, by time, number of trades, volume or traded value, as CSV',
  flags: [
    fileFlag('trades as text, JSON, Parquet or Arrow, plain or in gz or zip; docs/data.md lists the formats'),
    {
      name: 'by',
      kind: 'text',
      value: 'RULE',
      required: true,
      help: 'what ends a bar: time:1m, ticks:1000 (trades), volume:5000 (units) or dollar:1e6 (price x size)',
    },
    {
      name: 'market',
      kind: 'choice',
      choices: MARKETS,
      scope: BY_TIME,
      help: 'whose sessions bars of time follow; docs/data.md lists the markets',
    },
    {
      name: 'from',
      kind: 'text',
      value: 'TIME',
      scope: BY_TIME,
      help: 'the file has all trades from this date or time on, so that the first bar is whole',
    },
    {
      name: 'until',
      kind: 'text',
      value: 'TIME',
      scope: BY_TIME,
      help: 'the file has all trades before this date or time, so that the last bar is whole',
    },
    {
      name: 'outside-sessions',
      kind: 'choice',
      choices: ['refuse', 'drop'],
      default: 'refuse',
      scope: BY_TIME,
      help: 'trades outside of sessions',
    },
    {
      name: 'side-of',
      kind: 'choice',
      choices: ['taker', 'maker'],
      help: "whose side a column of sides states; by default the source's, otherwise the taker's",
    },
    { name: 'out', kind: 'text', value: 'FILE', help: 'where to write, in place of the standard output' },
    ...READING_FLAGS.filter(({ name }) => name !== 'market' && name !== 'timeframe'),
  ],
  examples: [
    'assay data bars BTCUSDT-trades-2025-01-02.zip --by dollar:1e6 > dollars.csv',
    'assay data bars BTCUSDT-trades-2025-01-02.zip --by time:1m --market CRYPTO --from 2025-01-02 --until 2025-01-03',
  ],
  run,
};
