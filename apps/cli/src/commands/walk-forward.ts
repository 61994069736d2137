import { placesText, type SelectedBy, type WalkForwardOutcome } from '@assay/pipeline';
import type { Args } from '../args/parse-args';
import { ADJUST_FLAG, BARS_FLAG, barTime } from '../input/bars-file';
import { FX_FLAGS } from '../input/fx-flags';
import { READING_FLAGS } from '../input/reading-flags';
import { STRATEGY_FLAG } from '../input/strategy-flag';
import { accountingDocument, accountingText } from '../output/accounting';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { Progress } from '../output/progress';
import { scoredFromDocument, scoredFromText } from '../output/scored-from';
import { table } from '../output/table';
import type { Judgement } from '../validation/judged';
import { JUDGED_FLAGS } from '../validation/judging-flags';
import { searchDocument, searchText } from '../validation/walk-forward-search-text';
import { paramsOf } from '../sweep/sweep-document';
import { openJudged } from '../validation/open-judged';
import type { Command } from './command';

type Run = Judgement<WalkForwardOutcome>;

function documentOf({ outcome, accounting, file }: Run): Record<string, unknown> {
  const dates = ([from, to]: readonly [number, number]): string[] =>
    [from, to - 1].map((bar) => barTime(file.bars, bar));
  return {
    folds: outcome.folds.map((fold) => ({
      train: fold.train,
      test: fold.test,
      ...(file.present.has('date') ? { train_dates: dates(fold.train), test_dates: dates(fold.test) } : {}),
      is_sharpe: fold.isSharpe,
      oos_sharpe: fold.oosSharpe,
      oos_return: fold.oosReturn,
      oos_max_drawdown: fold.oosMaxDrawdown,
      reasons: fold.reasons,
    })),
    summary: {
      mean_is_sharpe: outcome.meanIs,
      mean_oos_sharpe: outcome.meanOos,
      mean_oos_max_drawdown: outcome.meanOosMaxDrawdown,
      profitable_folds: outcome.profitableFolds,
      overfitting_ratio: outcome.overfittingRatio,
      defined_is: outcome.definedIs,
      defined_oos: outcome.definedOos,
      reasons: outcome.reasons,
      scored: outcome.scored,
      ...outcome.layout,
    },
    accounting: accountingDocument(accounting),
    scored_from: scoredFromDocument(outcome.scoredFrom, file),
  };
}

const NAMES: Record<string, string> = {
  is_sharpe: 'IS Sharpe',
  oos_sharpe: 'OOS Sharpe',
  oos_return: 'OOS return',
  oos_max_drawdown: 'OOS max drawdown',
};

function show({ outcome, accounting, file }: Run, io: Io): void {
  const at = (index: number): string | number => (file.present.has('date') ? barTime(file.bars, index) : index);
  const rows = outcome.folds.map(({ train, test, isSharpe, oosSharpe, oosReturn, oosMaxDrawdown }, i) => [
    i + 1,
    `${at(train[0])} to ${at(train[1] - 1)}`,
    `${at(test[0])} to ${at(test[1] - 1)}`,
    isSharpe,
    oosSharpe,
    oosReturn,
    oosMaxDrawdown,
  ]);
  const { meanIs, meanOos, meanOosMaxDrawdown, reasons, overfittingRatio } = outcome;
  rows.push(['mean', '', '', meanIs, meanOos, null, meanOosMaxDrawdown]);
  io.out(table(['fold', 'train', 'test', 'IS Sharpe', 'OOS Sharpe', 'OOS return', 'OOS max drawdown'], rows));
  const undefinedIn = new Map<string, { name: string; reason: string; folds: number[] }>();
  outcome.folds.forEach((fold, i) => {
    for (const [key, reason] of Object.entries(fold.reasons)) {
      const same = undefinedIn.get(`${key} ${reason}`) ?? { name: NAMES[key]!, reason, folds: [] };
      same.folds.push(i + 1);
      undefinedIn.set(`${key} ${reason}`, same);
    }
  });
  for (const { name, reason, folds } of undefinedIn.values())
    io.out(`${name} of ${placesText('fold', folds)} undefined because ${reason}\n`);
  for (const [key, name] of Object.entries(NAMES))
    if (reasons[`mean_${key}`] !== undefined) io.out(`mean ${name} ${reasons[`mean_${key}`]}\n`);
  const share = `${(outcome.profitableFolds * 100).toFixed(0)} %`;
  const ratio =
    overfittingRatio === null ? `undefined because ${reasons.overfitting_ratio}` : overfittingRatio.toFixed(3);
  io.out(`profitable folds ${share}, overfitting ratio ${ratio}\n`);
  io.out(accountingText(accounting));
  io.out(scoredFromText(outcome.scoredFrom, file));
}

async function run(args: Args, io: Io): Promise<void> {
  const judged = await openJudged(args, io);
  const progress = new Progress(io, 'walk-forward');
  const layout = {
    folds: args.number('folds'),
    ratio: args.number('ratio'),
    kind: args.text('kind') as 'rolling' | 'expanding',
    gap: args.optionalNumber('gap'),
  };
  if (judged.search && args.has('param')) {
    const by = args.text('select') as SelectedBy;
    const found = judged.search(paramsOf(args), by, layout, (fraction) => progress.report(fraction));
    progress.done();
    io.out(args.on('json') ? toJson(searchDocument(found)) : searchText(found));
    return;
  }
  const result = judged.walkForward(layout, (fraction) => progress.report(fraction));
  progress.done();
  if (args.on('json')) io.out(toJson(documentOf(result)));
  else show(result, io);
}

export const walkForwardCommand: Command = {
  name: 'walk-forward',
  summary: 'judge a strategy, of a universe too, out of sample, fold after fold; the first 252 bars are never scored',
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
    {
      name: 'param',
      kind: 'text',
      value: 'PATH=A:B[:STEP]',
      repeatable: true,
      help: 'number of the document that is chosen anew in each training window, and traded in the test window after it',
    },
    {
      name: 'select',
      kind: 'text',
      value: 'METRIC',
      default: 'sharpe_ratio',
      help: 'what a training window chooses by: plateau (the Sharpe ratio judged with the neighbours on the grid), or a metric of returns of `assay metrics --list`',
      scope: { text: 'only with --param', holds: (args) => args.has('param') },
    },
    { name: 'gap', kind: 'integer', min: 0, help: 'bars taken from the train end; at least max(label horizon + 1, 5)' },
    ...JUDGED_FLAGS,
    ...FX_FLAGS,
    ADJUST_FLAG,
    ...READING_FLAGS,
  ],
  examples: [
    'assay walk-forward --bars prices.csv --strategy strategy.json --folds 5 --ratio 2 --json',
    'assay walk-forward --bars prices.csv --strategy strategy.json --param features.0.params.window=10:200:10 --select plateau',
    'assay walk-forward --bars folder/ --strategy universe.json',
  ],
  run,
};
