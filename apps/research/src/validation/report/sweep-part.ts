import { figureText } from '../../reports/figures';
import { heatmapPicture, type DrawnHeatmap, type HeatMark } from '../../reports/heatmap-picture';
import { html, type Markup } from '../../reports/markup';
import { factsTable } from '../../reports/tables';
import type { ValidationReportDto } from './report.response';

type Plane = NonNullable<ValidationReportDto['sweep']>;

/** Four digits need more room than a field has. */
const shortText = (value: number): string => String(Number(value.toPrecision(Math.abs(value) < 10 ? 3 : 4)));

const marksOf = ({ best, steadiest, chosen }: Plane): HeatMark[] => [
  ...(best ? [{ kind: 'box' as const, name: 'best', ...best }] : []),
  ...(steadiest ? [{ kind: 'diamond' as const, name: 'best judged with its neighbours', ...steadiest }] : []),
  ...(chosen ? [{ kind: 'dot' as const, name: 'what was judged', ...chosen }] : []),
];

/** Sharpe ratios of the sweep by its two parameters, and the same judged with the neighbours. */
export function sweepPart({ sweep }: ValidationReportDto): Markup | null {
  if (!sweep) return null;
  const { x, y, values, plateau, chosen, cells, objective, job_id: id } = sweep;
  const axis = ({ path, values: all }: Plane['x']): DrawnHeatmap['x'] => ({ name: path, values: all.map(String) });
  const drawn = { x: axis(x), y: axis(y), marks: marksOf(sweep) };
  const of = objective === 'cpcv' ? 'mean out of sample over the splits' : 'in sample, of each backtest';
  const textOf = (field: Plane['best']): string =>
    field === null
      ? 'none'
      : `${x.path} ${String(x.values[field.x])}, ${y.path} ${String(y.values[field.y])}: Sharpe ratio ${figureText(values[field.y]?.[field.x])}${plateau ? `, with its neighbours ${figureText(plateau[field.y]?.[field.x])}` : ''}`;
  return html`<h3>Sweep of the ledger</h3>
    <p>
      ${figureText(cells)} cells, each a trial; Sharpe ratios are
      ${of}.${chosen === null ? ' What was judged is no cell of it.' : null}
    </p>
    ${heatmapPicture('Sharpe ratio by the two parameters', { ...drawn, values }, shortText)}
    ${plateau && heatmapPicture('Sharpe ratio judged with its neighbours', { ...drawn, values: plateau }, shortText)}
    ${factsTable([
      ['What was judged', chosen === null ? 'no cell of this sweep' : textOf(chosen)],
      ['Best cell', textOf(sweep.best)],
      ['Best judged with its neighbours', textOf(sweep.steadiest)],
      ['Job of the sweep', html`<code>${id}</code>`],
    ])}`;
}
