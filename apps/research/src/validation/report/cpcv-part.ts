import { METRIC_KEYS, METRICS } from '@assay/quant';
import {
  figureText,
  isIn,
  listIn,
  metricText,
  NONE,
  numberIn,
  percentText,
  recordIn,
  timeText,
} from '../../reports/figures';
import { linePicture } from '../../reports/line-picture';
import { html, type Content, type Markup } from '../../reports/markup';
import { barPicture } from '../../reports/pictures';
import { isNumber } from '../../reports/scale';
import { stripPicture } from '../../reports/strip-picture';
import { table } from '../../reports/tables';
import type { ValidationReportDto } from './report.response';
import { figureOr, markAt, thresholdOf } from './run-figures';

export function cpcvPart(report: ValidationReportDto): Markup {
  const run = report.cpcv;
  const name = html`<h2>Combinatorial purged cross-validation</h2>`;
  if (!run)
    return html`${name}
      <p>None was completed.</p>`;
  const [splits, paths] = [listIn(run.result, 'splits'), listIn(run.result, 'paths')];
  const [summary, courses] = [recordIn(run.result, 'summary'), recordIn(run.result, 'courses')];
  const lines = listIn(courses, 'equity').map((values, i) => ({
    name: `path ${i + 1}`,
    values: (Array.isArray(values) ? values : []) as (number | null)[],
  }));
  return html`${name}
    <p>
      ${run.request.groups ?? NONE} groups of bars, ${run.request.test_groups ?? NONE} of them judged at a time:
      ${splits.length} splits, ${paths.length} paths. Completed ${timeText(run.finished_at)}. Mean Sharpe ratio out of
      sample ${figureOr(summary, 'mean_oos_sharpe', figureText)}; bars of the shortest group
      ${figureText(numberIn(summary, 'min_group_bars'))}.
    </p>
    ${linePicture('Value of 1 along each path, out of sample', listIn(courses, 'times').map(String), lines)}
    ${barPicture('Sharpe ratio out of sample of each split', {
      values: splits.map((split) => numberIn(split, 'oos_sharpe')),
      nameOf: (i) => String(i + 1),
      mark: markAt(thresholdOf(report, 'cpcv_sharpe')),
    })}
    ${table(
      [
        ['Path', false],
        ['Sharpe', true],
        ['Return', true],
        ['Deepest fall', true],
      ],
      paths.map((path, i) => [
        String(i + 1),
        figureOr(path, 'sharpe', figureText),
        figureOr(path, 'total_return', percentText),
        figureOr(path, 'max_drawdown', percentText),
      ]),
    )}
    ${metricsPart(paths, recordIn(run.result, 'distributions'))}`;
}

/** Every metric over the paths: a strip with a mark a path, and quantiles. Nothing of a run from before they were kept. */
function metricsPart(paths: readonly unknown[], distributions: Record<string, unknown>): Markup | null {
  const keys = METRIC_KEYS.filter((key) => isIn(distributions, key));
  if (keys.length === 0) return null;
  const rows = keys.map((key): Content[] => {
    const { name, unit } = METRICS[key];
    const found = recordIn(distributions, key);
    const [q25, q75] = [numberIn(found, 'q25'), numberIn(found, 'q75')];
    const values = paths.map((path) => numberIn(recordIn(path, 'metrics'), key)).filter(isNumber);
    const text = (quantile: string): Content => metricText(found as Record<string, number | null>, {}, quantile, unit);
    const { reason } = found;
    return [
      name,
      q25 === null || q75 === null ? NONE : stripPicture(values, q25, q75),
      ...['least', 'q25', 'median', 'q75', 'greatest'].map(text),
      html`${figureText(numberIn(found, 'defined'))}${typeof reason === 'string' ? html` <span class="why">${reason}</span>` : null}`,
    ];
  });
  return html`<h3>Every metric over the paths</h3>
    <p class="dim">
      A mark a path, from the least to the greatest, each line on a scale of its own; shaded is the middle half.
      Quantiles are linear (type 7), of the paths that have the metric. A trade counts in the block in which it was
      entered, and as an open one where the block ends before it does.
    </p>
    ${table(
      [
        ['Metric', false],
        ['Paths', false],
        ['Least', true],
        ['25 %', true],
        ['Median', true],
        ['75 %', true],
        ['Greatest', true],
        ['Paths with one', true],
      ],
      rows,
    )}`;
}
