import type { EngineName, AccountingMode } from '@assay/quant';
import { runWalkForward, type WalkForwardOutcome } from '@assay/pipeline';
import type { Args } from '../args/parse-args';
import { blaming } from '../args/usage-error';
import { ADJUST_FLAG, BARS_FLAG, type BarsFile } from '../input/bars-file';
import { STRATEGY_FLAG } from '../input/strategy-flag';
import { openStrategy } from '../input/strategy-file';
import {
  COST_FLAGS,
  costsOf,
  ENGINE_FLAG,
  FILL_FLAG,
  fillNeeds,
  fillOf,
  PERIODS_FLAG,
  SCORE_FLAGS,
  scoredRangeFlag,
} from '../input/trading-flags';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { Progress } from '../output/progress';
import { table } from '../output/table';
import type { Command } from './command';

function documentOf(outcome: WalkForwardOutcome): Record<string, unknown> {
  return {
    folds: outcome.folds.map((fold) => ({
      train: fold.train,
      test: fold.test,
      is_sharpe: fold.isSharpe,
      oos_sharpe: fold.oosSharpe,
      oos_return: fold.oosReturn,
      oos_max_drawdown: fold.oosMaxDrawdown,
    })),
    summary: {
      mean_is_sharpe: outcome.meanIs,
      mean_oos_sharpe: outcome.meanOos,
      mean_oos_max_drawdown: outcome.meanOosMaxDrawdown,
      profitable_folds: outcome.profitableFolds,
      overfitting_ratio: outcome.overfittingRatio,
      scored: outcome.scored,
      ...outcome.layout,
    },
  };
}

function show(outcome: WalkForwardOutcome, file: BarsFile, io: Io): void {
  const at = (index: number): string | number =>
    file.present.has('date') ? new Date(file.bars.openTimeMs[index]).toISOString().slice(0, 10) : index;
  const rows = outcome.folds.map(({ train, test, isSharpe, oosSharpe, oosReturn, oosMaxDrawdown }, i) => [
    i + 1,
    `${at(train[0])} to ${at(train[1] - 1)}`,
    `${at(test[0])} to ${at(test[1] - 1)}`,
    isSharpe,
    oosSharpe,
    oosReturn,
    oosMaxDrawdown,
  ]);
  const { meanIs, meanOos, meanOosMaxDrawdown } = outcome;
  rows.push(['mean', '', '', meanIs, meanOos, null, meanOosMaxDrawdown]);
  io.out(table(['fold', 'train', 'test', 'IS Sharpe', 'OOS Sharpe', 'OOS return', 'OOS max drawdown'], rows));
  const share = `${(outcome.profitableFolds * 100).toFixed(0)} %`;
  io.out(
    `profitable folds ${share}, overfitting ratio ${outcome.overfittingRatio?.toFixed(3) ?? '- (in-sample Sharpe is not above 0)'}\n`,
  );
}

const FIELDS = { folds: '--folds', ratio: '--ratio', gap: '--gap', start: '--start', end: '--end' };

function run(args: Args, io: Io): void {
  const fill = fillOf(args);
  const { file, document } = openStrategy(args, fillNeeds(fill));
  const progress = new Progress(io, 'walk-forward');
  const outcome = blaming(
    scoredRangeFlag(args) ?? `--bars ${file.path}`,
    () =>
      runWalkForward(
        {
          document,
          bars: file.bars,
          options: {
            engine: args.text('engine') as EngineName,
            mode: args.text('mode') as AccountingMode,
            fill,
            costs: costsOf(args),
            start: args.optional('start'),
            end: args.optional('end'),
            periodsPerYear: args.optionalNumber('periods-per-year'),
          },
          layout: {
            folds: args.number('folds'),
            ratio: args.number('ratio'),
            kind: args.text('kind') as 'rolling' | 'expanding',
            gap: args.optionalNumber('gap'),
          },
        },
        (fraction) => progress.report(fraction),
      ),
    FIELDS,
  );
  progress.done();
  if (args.on('json')) io.out(toJson(documentOf(outcome)));
  else show(outcome, file, io);
}

export const walkForwardCommand: Command = {
  name: 'walk-forward',
  summary: 'judge a strategy out of sample, fold after fold; the first 252 bars are never scored',
  flags: [
    BARS_FLAG,
    { ...STRATEGY_FLAG, required: true },
    { name: 'folds', kind: 'integer', default: '5', min: 1, help: 'number of test stretches' },
    { name: 'ratio', kind: 'number', default: '2', min: 0.1, help: 'train length as a multiple of the test length' },
    {
      name: 'kind',
      kind: 'choice',
      choices: ['rolling', 'expanding'],
      default: 'rolling',
      help: 'how the train stretch moves',
    },
    { name: 'gap', kind: 'integer', min: 0, help: 'bars taken from the train end; at least max(label horizon + 1, 5)' },
    ENGINE_FLAG,
    { name: 'mode', kind: 'choice', choices: ['weight', 'all_in'], default: 'weight', help: 'accounting' },
    FILL_FLAG,
    ...COST_FLAGS,
    ...SCORE_FLAGS,
    PERIODS_FLAG,
    ADJUST_FLAG,
  ],
  examples: ['assay walk-forward --bars prices.csv --strategy strategy.json --folds 5 --ratio 2 --json'],
  run,
};
