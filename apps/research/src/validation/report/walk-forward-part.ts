import { figureText, listIn, NONE, numberIn, percentText, recordIn, timeText } from '../../reports/figures';
import { html, type Markup } from '../../reports/markup';
import { barPicture, spansPicture } from '../../reports/pictures';
import { table } from '../../reports/tables';
import type { ValidationReportDto } from './report.response';
import { figureOr, markAt, rowsOf, spansText, thresholdOf } from './run-figures';

export function walkForwardPart(report: ValidationReportDto): Markup {
  const run = report.walk_forward;
  if (!run)
    return html`<h2>Walk-forward</h2>
      <p>None was completed.</p>`;
  const [folds, summary, layout] = [listIn(run.result, 'folds'), recordIn(run.result, 'summary'), run.request];
  return html`<h2>Walk-forward</h2>
    <p>
      ${layout.folds ?? folds.length} folds, ${layout.kind ?? ''}, of which the bars before are ${layout.ratio ?? NONE}
      times as long as those that are judged. Completed ${timeText(run.finished_at)}. Mean Sharpe ratio in sample
      ${figureOr(summary, 'mean_is_sharpe', figureText)}, out of sample
      ${figureOr(summary, 'mean_oos_sharpe', figureText)}; overfitting ratio
      ${figureOr(summary, 'overfitting_ratio', figureText)}; profitable folds
      ${figureOr(summary, 'profitable_folds', percentText)}.
    </p>
    ${spansPicture('Time on which each fold was fitted and judged', rowsOf(folds, 'Fold'))}
    ${barPicture('Sharpe ratio out of sample of each fold', {
      values: folds.map((fold) => numberIn(fold, 'oos_sharpe')),
      nameOf: (i) => `Fold ${i + 1}`,
      mark: markAt(thresholdOf(report, 'walk_forward_sharpe')),
    })}
    ${table(
      [
        ['Fold', false],
        ['Fitted on', false],
        ['Judged on', false],
        ['Sharpe in sample', true],
        ['Sharpe out of sample', true],
        ['Return', true],
        ['Deepest fall', true],
      ],
      folds.map((fold, i) => [
        String(i + 1),
        spansText(recordIn(fold, 'train')),
        spansText(recordIn(fold, 'test')),
        figureOr(fold, 'is_sharpe', figureText),
        figureOr(fold, 'oos_sharpe', figureText),
        figureOr(fold, 'oos_return', percentText),
        figureOr(fold, 'oos_max_drawdown', percentText),
      ]),
    )}`;
}
