import type { WalkForwardSearchOutcome } from '@assay/pipeline';
import { METRIC_KEYS } from '@assay/quant';
import { barTime } from '../input/bars-file';
import { accountingDocument, accountingText } from '../output/accounting';
import { scoredFromDocument, scoredFromText } from '../output/scored-from';
import { counted, table, type Cell } from '../output/table';
import type { Judgement } from './judged';

type Found = Judgement<WalkForwardSearchOutcome>;

/** A walk-forward that searches as JSON. */
export function searchDocument({ outcome, accounting, file }: Found): Record<string, unknown> {
  const { stitched, stability, layout, folds } = outcome;
  const dates = ([from, to]: readonly [number, number]): string[] =>
    [from, to - 1].map((bar) => barTime(file.bars, bar));
  const dated = file.present.has('date');
  return {
    folds: folds.map((fold) => ({
      train: fold.train,
      test: fold.test,
      ...(dated ? { train_dates: dates(fold.train), test_dates: dates(fold.test) } : {}),
      params: fold.cell === null ? null : Object.fromEntries(stability.map(({ path }, p) => [path, fold.params[p]])),
      selected: fold.selected,
      is_sharpe: fold.isSharpe,
      oos_sharpe: fold.oosSharpe,
      oos_return: fold.oosReturn,
      oos_max_drawdown: fold.oosMaxDrawdown,
      oos_median: fold.oosMedian,
      oos_beaten: fold.oosBeaten,
      market: {
        train: { total_return: fold.market.train.totalReturn, volatility: fold.market.train.volatility },
        test: { total_return: fold.market.test.totalReturn, volatility: fold.market.test.volatility },
      },
    })),
    stitched: { metrics: stitched.metrics, reasons: stitched.reasons, returns: stitched.returns },
    stability: stability.map(({ path, values, distinct, meanStep }) => ({
      path,
      values,
      distinct,
      mean_step: meanStep,
    })),
    summary: {
      ...{ cells: outcome.cells, by: outcome.by },
      mean_is_sharpe: outcome.meanIs,
      mean_oos_sharpe: outcome.meanOos,
      profitable_folds: outcome.profitableFolds,
      overfitting_ratio: outcome.overfittingRatio,
      scored: outcome.scored,
      ...layout,
    },
    accounting: accountingDocument(accounting),
    scored_from: scoredFromDocument(outcome.scoredFrom, file),
  };
}

const STITCHED = ['total_return', 'annualized_return', 'sharpe_ratio', 'max_drawdown', 'information_ratio'] as const;
const percent = (fraction: number | null): string => (fraction === null ? '-' : `${(fraction * 100).toFixed(1)} %`);

/** The same for people: a row a fold, what was chosen, what came of it and what a choice at random would have had. */
export function searchText({ outcome, accounting, file }: Found): string {
  const { folds, stability, stitched, by, cells, meanIs, meanOos, overfittingRatio } = outcome;
  const at = (index: number): string | number => (file.present.has('date') ? barTime(file.bars, index) : index);
  const rows = folds.map((fold, i): Cell[] => [
    i + 1,
    `${at(fold.test[0])} to ${at(fold.test[1] - 1)}`,
    ...stability.map((_, p) => (fold.cell === null ? '-' : String(fold.params[p]))),
    ...[fold.isSharpe, fold.oosSharpe, fold.oosReturn, fold.oosMaxDrawdown, fold.oosMedian],
    percent(fold.oosBeaten),
    percent(fold.market.test.totalReturn),
    percent(fold.market.test.volatility),
  ]);
  const header = ['fold', 'test', ...stability.map(({ path }) => path), 'IS Sharpe', 'OOS Sharpe', 'OOS return'];
  const more = [
    'OOS max drawdown',
    `median ${by === 'plateau' ? 'sharpe_ratio' : by}`,
    'beaten by',
    'market',
    'volatility',
  ];
  const moved = stability.map(
    ({ path, distinct, meanStep }) =>
      `${path}: ${distinct} ${distinct === 1 ? 'value' : 'values'} in ${folds.length} folds${meanStep === null ? '' : `, ${Number(meanStep.toPrecision(3))} ${meanStep === 1 ? 'step' : 'steps'} of its grid from one to the next`}\n`,
  );
  const ratio =
    overfittingRatio === null
      ? 'undefined: a fold has no Sharpe ratio, or the mean in sample is not above 0'
      : overfittingRatio.toFixed(3);
  return [
    `${counted(cells)} cells, chosen by ${by} on each training window\n\n`,
    table([...header, ...more], rows),
    `\nall test windows after each other\n\n`,
    table(
      ['metric', 'value'],
      METRIC_KEYS.filter((key) => STITCHED.some((one) => one === key)).map((key) => [key, stitched.metrics[key]]),
    ),
    '\n',
    ...moved,
    `mean Sharpe ${meanIs === null ? '-' : meanIs.toFixed(3)} in sample, ${meanOos === null ? '-' : meanOos.toFixed(3)} out of sample, overfitting ratio ${ratio}\n`,
    accountingText(accounting),
    scoredFromText(outcome.scoredFrom, file),
  ].join('');
}
