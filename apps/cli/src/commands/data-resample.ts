import { MARKETS, TIMEFRAMES, type MarketCode, type Timeframe } from '@assay/contracts';
import { calendarFor } from '@assay/market-data/calendars';
import { barsToCsv } from '@assay/market-data/files';
import { resampleBars } from '@assay/market-data/resampling';
import type { Args } from '../args/parse-args';
import { blaming } from '../args/usage-error';
import { ADJUST_FLAG, BARS_FLAG, readBarsFile } from '../input/bars-file';
import { READING_FLAGS } from '../input/reading-flags';
import { barObjects } from '../output/bar-objects';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import type { Command } from './command';

const FIELDS = { to: '--to' };

async function run(args: Args, io: Io): Promise<void> {
  const { bars, path } = await readBarsFile(args, io);
  const [to, market] = [args.text('to') as Timeframe, args.text('market') as MarketCode];
  const outsideSessions = args.text('outside-sessions') as 'refuse' | 'drop';
  const options = { to, calendar: calendarFor(market), outsideSessions };
  const { bars: made, notes } = blaming(path, () => resampleBars(bars, options), FIELDS);
  if (args.on('json')) {
    const from = { timeframe: bars.timeframe, bars: bars.openTimeMs.length };
    return io.out(toJson({ timeframe: to, market, from, notes, bars: barObjects(made) }));
  }
  for (const { code, message } of notes) io.err(`${path}: ${code}: ${message}\n`);
  io.out(barsToCsv(made));
}

export const dataResampleCommand: Command = {
  name: 'data resample',
  summary: 'put the bars of a file together to longer ones, aligned with the sessions of a market, as CSV',
  flags: [
    { ...BARS_FLAG, positional: true },
    {
      name: 'to',
      kind: 'choice',
      choices: TIMEFRAMES,
      required: true,
      help: 'timeframe of the longer bars, a multiple of that of the file; weeks (1w) and months (1M) by the calendar',
    },
    {
      name: 'market',
      kind: 'choice',
      choices: MARKETS,
      required: true,
      help: 'whose sessions the bars begin and end with; docs/data.md lists the markets',
    },
    {
      name: 'outside-sessions',
      kind: 'choice',
      choices: ['refuse', 'drop'],
      default: 'refuse',
      help: 'bars outside of sessions, such as those before the opening',
    },
    ADJUST_FLAG,
    ...READING_FLAGS.filter(({ name }) => name !== 'market'),
  ],
  examples: [
    'assay data resample minutes.csv --to 1h --market US > hours.csv',
    'assay data resample days.csv --to 1w --market GB --json',
  ],
  run,
};
