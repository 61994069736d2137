import {
  figureText,
  inWords,
  isIn,
  listIn,
  NONE,
  numberIn,
  percentText,
  recordIn,
  timeText,
} from '../../reports/figures';
import { linePicture } from '../../reports/line-picture';
import { html, type Markup } from '../../reports/markup';
import { placeOfTime } from '../../reports/place-of-time';
import { table } from '../../reports/tables';
import { foldsOf } from './backtest-part';
import type { ValidationReportDto } from './report.response';
import { figureOr, spansText } from './run-figures';

/** Values of the parameters by their paths. */
const paramsText = (params: Record<string, unknown>): string =>
  Object.entries(params)
    .map(([path, value]) => `${path} ${String(value)}`)
    .join(', ');

/** The newest walk-forward that chose in each fold: its stitched equity and its choices. Nothing without one. */
export function searchPart({ walk_forward_search: run }: ValidationReportDto): Markup | null {
  if (!run) return null;
  const [folds, summary] = [listIn(run.result, 'folds'), recordIn(run.result, 'summary')];
  const course = recordIn(recordIn(run.result, 'stitched'), 'course');
  const times = listIn(course, 'times').map(String);
  const places = times.map((_, i) => i);
  const values = (key: string): (number | null)[] => listIn(course, key) as (number | null)[];
  const spans = foldsOf(run).map(({ name, from, to }) => ({
    ...{ name, from: placeOfTime(times, places, from), to: placeOfTime(times, places, to) },
  }));
  return html`<h2>Walk-forward that chooses in each fold</h2>
    <p>
      In each of ${folds.length} folds the best of ${figureText(numberIn(summary, 'cells'))} cells by
      ${inWords(String(summary.by ?? NONE)).toLowerCase()} on the bars before it, traded on the next ones. Completed
      ${timeText(run.finished_at)}. Mean Sharpe ratio in sample ${figureOr(summary, 'mean_is_sharpe', figureText)}, out
      of sample ${figureOr(summary, 'mean_oos_sharpe', figureText)}; profitable folds
      ${figureOr(summary, 'profitable_folds', percentText)}. It is no evidence for the gates; its cells are trials of
      the ledger.
    </p>
    ${linePicture(
      'Value of 1 over the folds joined, out of sample',
      times,
      [
        { name: 'what was chosen', values: values('strategy') },
        { name: 'buying and holding', values: values('buy_and_hold') },
      ],
      { spans, note: 'Shaded, by number: the bars that each choice was traded on.' },
    )}
    ${table(
      [
        ['Fold', false],
        ['Chosen on', false],
        ['Traded on', false],
        ['Choice', false],
        ['Sharpe in sample', true],
        ['Sharpe out of sample', true],
        ['Median of the cells', true],
        ['Return', true],
        ['Deepest fall', true],
      ],
      folds.map((fold, i) => [
        String(i + 1),
        spansText(recordIn(fold, 'train')),
        spansText(recordIn(fold, 'test')),
        isIn(fold, 'params') ? paramsText(recordIn(fold, 'params')) : 'none could be chosen',
        figureOr(fold, 'is_sharpe', figureText),
        figureOr(fold, 'oos_sharpe', figureText),
        figureText(numberIn(fold, 'oos_median')),
        figureOr(fold, 'oos_return', percentText),
        figureOr(fold, 'oos_max_drawdown', percentText),
      ]),
    )}`;
}
