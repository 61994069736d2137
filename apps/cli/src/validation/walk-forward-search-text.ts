import { RATIO_WORDS, searchedFoldFields, searchFields } from '@assay/pipeline';
import { METRIC_KEYS } from '@assay/quant';
import { barTime } from '../input/bars-file';
import { accountingDocument, accountingText } from '../output/accounting';
import { scoredFromDocument, scoredFromText } from '../output/scored-from';
import { counted, table, type Cell } from '../output/table';
import type { Searched } from './judged';

/** A walk-forward that searches as JSON. */
export function searchDocument({ outcome, accounting, file, document, drawn }: Searched): Record<string, unknown> {
  const { stitched, folds, scoredFrom } = outcome;
  const dates = ([from, to]: readonly [number, number]): string[] =>
    [from, to - 1].map((bar) => barTime(file.bars, bar));
  const dated = file.present.has('date');
  const fields = searchFields(outcome, document);
  return {
    folds: folds.map((fold) => ({
      train: fold.train,
      test: fold.test,
      ...(dated ? { train_dates: dates(fold.train), test_dates: dates(fold.test) } : {}),
      ...searchedFoldFields(outcome, fold),
    })),
    ...fields,
    stitched: { ...fields.stitched, returns: stitched.returns },
    summary: { ...fields.summary, search: drawn ? { method: 'random', ...drawn } : { method: 'exhaustive' } },
    accounting: accountingDocument(accounting),
    scored_from: scoredFromDocument(scoredFrom, file),
  };
}

const STITCHED = ['total_return', 'annualized_return', 'sharpe_ratio', 'max_drawdown', 'information_ratio'] as const;
const percent = (fraction: number | null): string => (fraction === null ? '-' : `${(fraction * 100).toFixed(1)} %`);

/** The same for people: a row a fold, what was chosen, what came of it and what a choice at random would have had. */
export function searchText({ outcome, accounting, file, drawn }: Searched): string {
  const { folds, stability, stitched, by, cells, meanIs, meanOos, overfittingRatio, reasons } = outcome;
  const { parameters, sameChoice, meanDistance } = stability;
  const at = (index: number): string | number => (file.present.has('date') ? barTime(file.bars, index) : index);
  const idle = Math.max(...folds.map((fold) => fold.idle));
  const rows = folds.map((fold, i): Cell[] => [
    i + 1,
    `${at(fold.test[0])} to ${at(fold.test[1] - 1)}`,
    ...parameters.map((_, p) => (fold.cell === null ? '-' : String(fold.params[p]))),
    ...[fold.isSharpe, fold.oosSharpe, fold.oosReturn, fold.oosMaxDrawdown, fold.oosMedian],
    percent(fold.oosBeaten),
    percent(fold.market.test.totalReturn),
    percent(fold.market.test.volatility),
  ]);
  const header = ['fold', 'test', ...parameters.map(({ path }) => path), 'IS Sharpe', 'OOS Sharpe', 'OOS return'];
  const more = [
    'OOS max drawdown',
    `median ${by === 'plateau' ? 'sharpe_ratio' : by}`,
    'beaten by',
    'market',
    'volatility',
  ];
  const moved = parameters.map(
    ({ path, distinct, range, meanStep }) =>
      `${path}: ${distinct} ${distinct === 1 ? 'value' : 'values'} in ${folds.length} folds${range && distinct > 1 ? `, from ${range[0]} to ${range[1]}` : ''}${meanStep === null ? '' : `, ${Number(meanStep.toPrecision(3))} ${meanStep === 1 ? 'step' : 'steps'} of its grid from one to the next`}\n`,
  );
  const regimes = folds.map(({ regime }, i) => `fold ${i + 1}: ${regime.words}\n`);
  const ratio =
    overfittingRatio === null ? `undefined because ${reasons.overfitting_ratio}` : overfittingRatio.toFixed(3);
  const share = `${percent(sameChoice)} of the folds chose the same cell`;
  const far = meanDistance === null ? '' : `, mean distance of one choice from the one before ${percent(meanDistance)}`;
  return [
    `${counted(cells)} cells${drawn ? `, drawn at random with seed ${drawn.seed}` : ''}, chosen by ${by} on each training window\n\n`,
    table([...header, ...more], rows),
    `\nall test windows after each other\n\n`,
    table(
      ['metric', 'value'],
      METRIC_KEYS.filter((key) => STITCHED.some((one) => one === key)).map((key) => [key, stitched.metrics[key]]),
    ),
    '\n',
    ...(idle === 0
      ? []
      : [
          `cells that held nothing on a training window cannot be chosen for it: up to ${counted(idle)} of ${counted(cells)}\n`,
        ]),
    ...moved,
    ...(sameChoice === null ? [] : [`${share}${far}\n`]),
    ...regimes,
    `mean Sharpe ${meanIs === null ? '-' : meanIs.toFixed(3)} in sample, ${meanOos === null ? '-' : meanOos.toFixed(3)} out of sample, overfitting ratio ${ratio}\n`,
    `the ratio tells of ${RATIO_WORDS[outcome.ratioTells]}\n`,
    accountingText(accounting),
    scoredFromText(outcome.scoredFrom, file),
  ].join('');
}
