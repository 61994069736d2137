import { cpcvSplits, type CpcvResult } from '@assay/quant';
import type { FlagScope } from '../args/flag';
import type { Args } from '../args/parse-args';
import { blaming, UsageError } from '../args/usage-error';
import { ADJUST_FLAG, BARS_FLAG, barTime, readBarsFile } from '../input/bars-file';
import { FX_FLAGS } from '../input/fx-flags';
import { READING_FLAGS } from '../input/reading-flags';
import { WITH_BARS } from '../input/flag-scopes';
import { STRATEGY_FLAG } from '../input/strategy-flag';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { Progress } from '../output/progress';
import { table } from '../output/table';
import { cpcvDocument, showCpcv } from '../validation/cpcv-view';
import { JUDGED_FLAGS } from '../validation/judging-flags';
import { openJudged } from '../validation/open-judged';
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

const JUDGING: FlagScope = { text: 'only with --strategy', holds: (args) => args.has('strategy') };
const LAYING_OUT: FlagScope = {
  text: 'not with --strategy, whose model says it',
  holds: (args) => !args.has('strategy'),
};

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

/** Judges a strategy over the splits. */
async function judge(args: Args, io: Io): Promise<void> {
  if (!args.has('bars')) throw new UsageError('--bars is required by --strategy');
  const judged = await openJudged(args, io);
  const progress = new Progress(io, 'cpcv');
  const layout = {
    groups: args.number('groups'),
    testGroups: args.number('test-groups'),
    embargo: args.optionalNumber('embargo'),
  };
  const result = judged.cpcv(layout, (fraction) => progress.report(fraction));
  progress.done();
  if (args.on('json')) io.out(toJson(cpcvDocument(result)));
  else showCpcv(result, io);
}

async function run(args: Args, io: Io): Promise<void> {
  if (args.has('strategy')) return judge(args, io);
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
    'judge a strategy, of a universe too, by combinatorial purged cross-validation, or lay its splits out over n bars (half-open index ranges) or the bars of a file (dates); where a strategy is judged the first 252 bars are never scored',
  flags: [
    { name: 'n', kind: 'integer', min: 2, help: 'number of bars; or --bars', scope: LAYING_OUT },
    { ...BARS_FLAG, required: false, help: 'file whose bars are laid out, by their dates, or that --strategy runs on' },
    { ...STRATEGY_FLAG, help: 'Strategy JSON to judge: its model is fitted inside each split' },
    ...READING_FLAGS.map((flag) => ({ ...flag, scope: WITH_BARS })),
    { name: 'groups', kind: 'integer', min: 2, default: '6', help: 'contiguous groups' },
    { name: 'test-groups', kind: 'integer', min: 1, default: '2', help: 'groups tested in each split' },
    {
      name: 'horizon',
      kind: 'integer',
      min: 0,
      default: '1',
      help: 'label span of bar i is [i, min(i + horizon, n - 1)]',
      scope: LAYING_OUT,
    },
    {
      name: 'embargo',
      kind: 'integer',
      min: 0,
      help: 'bars left out after each test block; default max(horizon, 1 % of n)',
    },
    ...[...JUDGED_FLAGS, ADJUST_FLAG].map((flag) => ({ ...flag, scope: JUDGING })),
    ...FX_FLAGS.map((flag) => (flag.name === 'fx' ? { ...flag, scope: JUDGING } : flag)),
  ],
  examples: [
    'assay cpcv --n 1000 --groups 6 --test-groups 2 --horizon 1 --embargo 10 --json',
    'assay cpcv --bars prices.csv',
    'assay cpcv --bars prices.csv --strategy strategy.json',
    'assay cpcv --bars folder/ --strategy universe.json --json',
  ],
  run,
};
