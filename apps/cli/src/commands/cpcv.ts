import { cpcvSplits, type CpcvResult } from '@assay/quant';
import type { Args } from '../args/parse-args';
import { blaming, UsageError } from '../args/usage-error';
import { BARS_FLAG, barTime, readBarsFile } from '../input/bars-file';
import { READING_FLAGS } from '../input/reading-flags';
import { WITH_BARS } from '../input/flag-scopes';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table } from '../output/table';
import type { Command } from './command';

type Ranges = readonly (readonly [number, number])[];

const spans = (ranges: Ranges, dates: readonly string[] | null): string =>
  ranges.map(([from, to]) => (dates ? `${dates[from]}..${dates[to - 1]}` : `[${from}, ${to})`)).join(' ') || 'none';

function show({ splits, paths }: CpcvResult, dates: readonly string[] | null, io: Io): void {
  const rows = splits.map(({ testGroups, test, train }, i) => [
    i,
    testGroups.join(','),
    spans(test, dates),
    spans(train, dates),
  ]);
  io.out(table(['split', 'test groups', 'test', 'train'], rows));
  const steps = paths.map((path, i) => [i, path.map(({ group, split }) => `${group}:${split}`).join(' ')]);
  io.out(`\n${table(['path', 'group:split'], steps)}`);
}

const FIELDS = {
  n: '--n',
  groups: '--groups',
  testGroups: '--test-groups',
  horizon: '--horizon',
  embargo: '--embargo',
};

/** First and last bar of each range. */
const ends = (ranges: Ranges, dates: readonly string[]): [string, string][] =>
  ranges.map(([from, to]) => [dates[from], dates[to - 1]]);

/** The date, or the time, of each bar of the file; null where only a number of bars is given. */
async function datesOf(args: Args, io: Io): Promise<string[] | null> {
  if (args.has('n') === args.has('bars')) throw new UsageError('give one of --n and --bars');
  if (args.has('n')) return null;
  const { bars } = await readBarsFile(args, io);
  return Array.from(bars.openTimeMs, (_, bar) => barTime(bars, bar));
}

async function run(args: Args, io: Io): Promise<void> {
  const dates = await datesOf(args, io);
  const plan = blaming(
    'assay cpcv',
    () =>
      cpcvSplits({
        n: dates?.length ?? args.number('n'),
        groups: args.number('groups'),
        testGroups: args.number('test-groups'),
        horizon: args.number('horizon'),
        embargo: args.optionalNumber('embargo'),
      }),
    FIELDS,
  );
  if (!args.on('json')) return show(plan, dates, io);
  const splits = plan.splits.map(({ testGroups, test, train }) => ({
    ...{ test_groups: testGroups, test, train },
    ...(dates ? { test_dates: ends(test, dates), train_dates: ends(train, dates) } : {}),
  }));
  io.out(toJson({ splits, paths: plan.paths }));
}

export const cpcvCommand: Command = {
  name: 'cpcv',
  summary:
    'lay out combinatorial purged cross-validation over n bars (half-open index ranges) or the bars of a file (dates)',
  flags: [
    { name: 'n', kind: 'integer', min: 2, help: 'number of bars; or --bars' },
    { ...BARS_FLAG, required: false, help: 'file whose bars are laid out, by their dates' },
    ...READING_FLAGS.map((flag) => ({ ...flag, scope: WITH_BARS })),
    { name: 'groups', kind: 'integer', min: 2, default: '6', help: 'contiguous groups' },
    { name: 'test-groups', kind: 'integer', min: 1, default: '2', help: 'groups tested in each split' },
    {
      name: 'horizon',
      kind: 'integer',
      min: 0,
      default: '1',
      help: 'label span of bar i is [i, min(i + horizon, n - 1)]',
    },
    {
      name: 'embargo',
      kind: 'integer',
      min: 0,
      help: 'bars left out after each test block; default max(horizon, 1 % of n)',
    },
  ],
  examples: [
    'assay cpcv --n 1000 --groups 6 --test-groups 2 --horizon 1 --embargo 10 --json',
    'assay cpcv --bars prices.csv',
  ],
  run,
};
