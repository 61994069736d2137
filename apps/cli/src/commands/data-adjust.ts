import { MARKETS } from '@assay/contracts';
import { actionSteps, adjustBars, factorsAt, readActions } from '@assay/market-data/adjustments';
import { calendarFor } from '@assay/market-data/calendars';
import { barsToCsv } from '@assay/market-data/files';
import type { Args } from '../args/parse-args';
import { blaming, UsageError } from '../args/usage-error';
import { BARS_FLAG, readBarsFile } from '../input/bars-file';
import { readFlagFile } from '../input/read-file';
import { READING_FLAGS } from '../input/reading-flags';
import { barObjects } from '../output/bar-objects';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import type { Command } from './command';

const WHY = {
  before_first_bar: 'all bars are of after it',
  after_last_bar: 'no bar is of after it yet',
} as const;

async function run(args: Args, io: Io): Promise<void> {
  const { bars, path, present } = await readBarsFile(args, io);
  if (!present.has('date')) throw new UsageError(`${path} must have dates, which tell what is before a split`);
  const actionsPath = args.text('actions');
  const actions = blaming(`--actions ${actionsPath}`, () =>
    readActions(readFlagFile('--actions', actionsPath).toString('utf8')),
  );
  const [view, market] = [args.text('view') as 'splits' | 'total', args.text('market')];
  const { steps, idle } = blaming(`--actions ${actionsPath}`, () => actionSteps(bars, actions, calendarFor(market)));
  const factors = factorsAt(bars.openTimeMs, steps, view);
  const made = adjustBars(bars, factors, view === 'splits' ? 'splits' : 'adj_close');
  if (args.on('json')) {
    const without_effect = idle.map(({ action: { exDate: ex_date, kind }, code }) => ({ code, ex_date, kind }));
    return io.out(toJson({ view, market, actions: actions.length, without_effect, bars: barObjects(made) }));
  }
  for (const { action, code } of idle)
    io.err(`${actionsPath}: the ${action.kind} of ${action.exDate} has no effect: ${WHY[code]}\n`);
  io.out(barsToCsv(made));
}

export const dataAdjustCommand: Command = {
  name: 'data adjust',
  summary: 'take splits, or splits and dividends, out of the raw prices of a file, as CSV',
  flags: [
    { ...BARS_FLAG, positional: true },
    {
      name: 'actions',
      kind: 'text',
      value: 'FILE',
      required: true,
      help: 'CSV with the header date,kind,value (split: new shares for an old one; dividend: amount per share), or a JSON array of such objects',
    },
    {
      name: 'view',
      kind: 'choice',
      choices: ['splits', 'total'],
      required: true,
      help: 'splits: prices and volume as if all shares had been those of the last bar; total: prices without dividends too',
    },
    {
      name: 'market',
      kind: 'choice',
      choices: MARKETS,
      required: true,
      help: 'whose dates the bars are of; docs/data.md lists the markets',
    },
    ...READING_FLAGS.filter(({ name }) => name !== 'market'),
  ],
  examples: ['assay data adjust raw.csv --actions actions.csv --view splits --market US > splits.csv'],
  run,
};
