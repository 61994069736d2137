import {
  placesText,
  RATIO_WORDS,
  walkForwardSummary,
  type SelectedBy,
  type WalkForwardLayout,
  type WalkForwardOutcome,
} from '@assay/pipeline';
import { WALK_FORWARD_KINDS, type WalkForwardKind } from '@assay/quant';
import type { Args } from '../args/parse-args';
import { ADJUST_FLAG, BARS_FLAG, barTime } from '../input/bars-file';
import { WITH_STRATEGY } from '../input/flag-scopes';
import { FX_FLAGS } from '../input/fx-flags';
import { READING_FLAGS } from '../input/reading-flags';
import { STRATEGY_FLAG } from '../input/strategy-flag';
import { templateFlags, templateOf } from '../input/template-flags';
import { accountingDocument, accountingText } from '../output/accounting';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { Progress } from '../output/progress';
import { scoredFromDocument, scoredFromText } from '../output/scored-from';
import { table } from '../output/table';
import type { Judgement, Searched } from '../validation/judged';
import { JUDGED_FLAGS } from '../validation/judging-flags';
import { searchOfTemplate } from '../validation/search-template';
import { selectedText } from '../validation/selected-text';
import { drawnOf, SPACE_FLAGS } from '../validation/space-flags';
import { searchDocument, searchText } from '../validation/walk-forward-search-text';
import { searchedParams } from '../sweep/searched-params';
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
      ...(fold.selectedInputs && { selected_inputs: fold.selectedInputs }),
      reasons: fold.reasons,
    })),
    summary: {
      ...walkForwardSummary(outcome),
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
  io.out(`the ratio tells of ${RATIO_WORDS[outcome.ratioTells]}\n`);
  io.out(selectedText(outcome.folds));
  io.out(accountingText(accounting));
  io.out(scoredFromText(outcome.scoredFrom, file));
}

function layoutOf(args: Args): WalkForwardLayout {
  return {
    folds: args.number('folds'),
    ratio: args.number('ratio'),
    kind: args.text('kind') as WalkForwardKind,
    gap: args.optionalNumber('gap'),
  };
}

async function run(args: Args, io: Io): Promise<void> {
  const choice = templateOf(args);
  const progress = new Progress(io, 'walk-forward');
  const report = (fraction: number): void => progress.report(fraction);
  const layout = layoutOf(args);
  const selection = { by: args.text('select') as SelectedBy, layout, drawn: drawnOf(args) };
  const tell = (found: Searched): void => {
    progress.done();
    io.out(args.on('json') ? toJson(searchDocument(found)) : searchText(found));
  };
  if (choice !== null) return tell(await searchOfTemplate(args, io, choice, selection, report));
  const judged = await openJudged(args, io);
  if (judged.search && args.has('param'))
    return tell(judged.search({ ...selection, params: searchedParams(args) }, report));
  const result = judged.walkForward(layout, report);
  progress.done();
  if (args.on('json')) io.out(toJson(documentOf(result)));
  else show(result, io);
}

/** What a template has no choice of. */
const OF_STRATEGIES = new Set(['artifact', 'engine']);
/** Stops, targets and sizes of a template are not searched in folds. */
const TEMPLATE_FLAGS = templateFlags('range').filter(
  ({ name }) => !['stop-loss', 'take-profit', 'trailing-stop', 'size'].includes(name),
);

export const walkForwardCommand: Command = {
  name: 'walk-forward',
  summary: 'judge a strategy, of a universe too, out of sample, fold after fold; the first 252 bars are never scored',
  flags: [
    BARS_FLAG,
    STRATEGY_FLAG,
    ...TEMPLATE_FLAGS,
    { name: 'folds', kind: 'integer', default: '5', min: 1, help: 'number of test stretches' },
    { name: 'ratio', kind: 'number', default: '2', min: 0.1, help: 'train length as a multiple of the test length' },
    {
      name: 'kind',
      kind: 'choice',
      choices: WALK_FORWARD_KINDS,
      default: 'rolling',
      help: 'how the train stretch moves: with the test, or growing from the first scored bar on (expanding, also called anchored)',
    },
    ...SPACE_FLAGS,
    { name: 'gap', kind: 'integer', min: 0, help: 'bars taken from the train end; at least max(label horizon + 1, 5)' },
    ...JUDGED_FLAGS.map((flag) => (OF_STRATEGIES.has(flag.name) ? { ...flag, scope: WITH_STRATEGY } : flag)),
    ...FX_FLAGS,
    ADJUST_FLAG,
    ...READING_FLAGS,
  ],
  examples: [
    'assay walk-forward --bars prices.csv --strategy strategy.json --folds 5 --ratio 2 --json',
    'assay walk-forward --bars prices.csv --strategy strategy.json --param features.0.params.window=10:200:10 --select plateau',
    'assay walk-forward --bars prices.csv --strategy strategy.json --param substrategies.0.signal_func=momentum_band_signal,reversion_band_signal',
    'assay walk-forward --bars prices.csv --template sma-cross --fast 2:100 --slow 2:100 --fill close --kind anchored',
    'assay walk-forward --bars folder/ --strategy universe.json',
  ],
  run,
};
