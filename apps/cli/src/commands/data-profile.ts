import type { MarketCode } from '@assay/contracts';
import { calendarFor } from '@assay/market-data/calendars';
import {
  DEFAULT_BINS,
  profileBars,
  type BarsProfile,
  type ColumnProfile,
  type DatedReturn,
  type ReturnProfile,
} from '@assay/market-data/frames';
import { timeText } from '@assay/primitives';
import type { Args } from '../args/parse-args';
import { UsageError } from '../args/usage-error';
import { ADJUST_FLAG, BARS_FLAG, readBarsFile } from '../input/bars-file';
import { READING_FLAGS } from '../input/reading-flags';
import { histogramText } from '../output/histogram';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { counted, shown, table } from '../output/table';
import type { Command } from './command';

/** What a line of the table tells of each column. */
const LINES: [label: string, of: (column: ColumnProfile) => number | null | undefined][] = [
  ['count', ({ count }) => count],
  ['missing', ({ missing }) => missing],
  ['mean', ({ mean }) => mean],
  ['std', ({ std }) => std],
  ['min', ({ min }) => min],
  ...([1, 5, 25, 50, 75, 95, 99] as const).map((percent): (typeof LINES)[number] => [
    `${percent} %`,
    ({ quantiles }) => quantiles?.[`p${percent}`],
  ]),
  ['max', ({ max }) => max],
  ['zeros', ({ zeros }) => zeros],
  ['distinct', ({ distinct }) => distinct],
  ['skew', ({ skew }) => skew],
  ['excess kurtosis', ({ excess_kurtosis: kurtosis }) => kurtosis],
  ['return autocorrelation', ({ return_autocorrelation: correlation }) => correlation],
];

/** Columns without any value tell nothing. */
const drawn = ({ columns, returns }: BarsProfile): ColumnProfile[] =>
  [...columns, returns].filter(({ count }) => count > 0);

const spanText = ({ first, last }: BarsProfile): string =>
  [first, last].map((time) => timeText(Date.parse(time!))).join(' to ');

function returnsText({ annualised_volatility: volatility, worst, best }: ReturnProfile, market?: string): string {
  if (worst === null || best === null) return 'no returns\n';
  const time = (bar: DatedReturn): string => timeText(Date.parse(bar.time));
  const ofYear = market === undefined ? 'needs --market' : shown(volatility);
  return (
    `annualised volatility ${ofYear}, worst bar ${shown(worst.value)} (${time(worst)}), ` +
    `best bar ${shown(best.value)} (${time(best)})\n`
  );
}

async function run(args: Args, io: Io): Promise<void> {
  const { bars } = await readBarsFile(args, io);
  const market = args.optional('market') as MarketCode | undefined;
  const periodsPerYear = market === undefined ? null : calendarFor(market).barsPerYear(bars.timeframe);
  const profile = profileBars(bars, { periodsPerYear, bins: args.number('bins'), rows: args.number('rows') });
  const columns = drawn(profile);
  const name = args.text('draw');
  const picture = columns.find(({ column }) => column === name);
  if (picture === undefined)
    throw new UsageError(`--draw must be one of ${columns.map(({ column }) => column).join(', ')}, was ${name}`);
  if (args.on('json')) return io.out(toJson({ timeframe: bars.timeframe, market: market ?? null, ...profile }));
  const rows = LINES.map(([label, of]) => [label, ...columns.map(of)]);
  io.out(`${counted(profile.bars)} bars of ${bars.timeframe}, ${spanText(profile)}\n\n`);
  io.out(table(['', ...columns.map(({ column }) => column)], rows));
  io.out(`\n${returnsText(profile.returns, market)}\n${name}\n`);
  if (picture.histogram !== null) io.out(histogramText(picture.histogram));
}

export const dataProfileCommand: Command = {
  name: 'data profile',
  summary: 'show what the columns of a file of bars and their returns are like: moments, quantiles, a histogram',
  flags: [
    { ...BARS_FLAG, positional: true },
    {
      name: 'draw',
      kind: 'text',
      value: 'COLUMN',
      default: 'return',
      help: 'whose histogram is drawn: a column of the file, or the returns of the close',
    },
    { name: 'bins', kind: 'integer', min: 1, max: 500, default: String(DEFAULT_BINS), help: 'of each histogram' },
    { name: 'rows', kind: 'integer', min: 0, max: 100, default: '5', help: 'first and last bars that --json shows' },
    ADJUST_FLAG,
    ...READING_FLAGS,
  ],
  examples: ['assay data profile days.csv --market US --draw volume'],
  run,
};
