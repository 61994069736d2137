import { MARKETS, TIMEFRAMES, type Timeframe } from '@assay/contracts';
import { DATE_FORMATS, type DateFormat, type DecimalMark, type ReadOptions } from '@assay/market-data/files';
import type { FlagSpec } from '../args/flag';
import type { Args } from '../args/parse-args';
import type { FlagsByField } from '../args/usage-error';

/** Override what a file's content says, or tell what it leaves open; what a file settles itself needs none of them. */
export const READING_FLAGS: readonly FlagSpec[] = [
  {
    name: 'zone',
    kind: 'text',
    value: 'ZONE',
    help: 'IANA time zone, e.g. Asia/Hong_Kong: dates daily bars stamped by instants, and is the clock of times without a zone (default UTC)',
  },
  {
    name: 'date-format',
    kind: 'choice',
    choices: DATE_FORMATS,
    help: 'where 02/03/2024 could be both; otherwise recognised',
  },
  {
    name: 'decimal',
    kind: 'choice',
    choices: ['point', 'comma'],
    help: 'where 1,234 could be a thousand or a fraction; otherwise recognised',
  },
  {
    name: 'columns',
    kind: 'text',
    value: 'NAMES',
    help: 'names of the columns in their order, in place of the header, e.g. date,open,high,low,close,volume; - leaves one out',
  },
  { name: 'symbol', kind: 'text', value: 'SYMBOL', help: 'which to read of several symbols in the file' },
  {
    name: 'timeframe',
    kind: 'choice',
    choices: TIMEFRAMES,
    help: 'of the bars; otherwise recognised by their spacing',
  },
  {
    name: 'market',
    kind: 'choice',
    choices: MARKETS,
    help: 'whose sessions close the last bar; otherwise a bar closes when its time is over, a daily one at the end of its date in UTC',
  },
  { name: 'sort', kind: 'switch', help: 'sort rows that are in no order, instead of refusing them' },
  { name: 'skip-bad', kind: 'switch', help: 'leave out rows that break a rule, instead of refusing the file' },
  {
    name: 'strict',
    kind: 'switch',
    help: 'refuse the file where anything in it would have to be repaired or left out',
  },
];

/** The flags by the names under which the reader knows them. */
export const READING_FIELDS: FlagsByField = {
  ...{ zone: '--zone', date_format: '--date-format', decimal: '--decimal', columns: '--columns', symbol: '--symbol' },
  ...{ timeframe: '--timeframe', sort: '--sort', strict: '--strict' },
};

export function readingOptions(args: Args): ReadOptions {
  return {
    zone: args.optional('zone'),
    dateFormat: args.optional('date-format') as DateFormat | undefined,
    decimal: args.optional('decimal') as DecimalMark | undefined,
    columns: args.optional('columns')?.split(','),
    symbol: args.optional('symbol'),
    timeframe: args.takes('timeframe')
      ? ((args.optional('timeframe') as Timeframe | undefined) ?? 'recognise')
      : undefined,
    ...{ sort: args.on('sort'), skipBad: args.on('skip-bad'), strict: args.on('strict') },
  };
}
