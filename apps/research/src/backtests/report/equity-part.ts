import { figureText, percentText, when } from '../../reports/figures';
import { linePicture } from '../../reports/line-picture';
import { html, type Markup } from '../../reports/markup';
import { placeOfTime } from '../../reports/place-of-time';
import { table, type Head } from '../../reports/tables';
import type { BacktestPartsDto } from './backtest-report.response';

type Curves = Pick<BacktestPartsDto, 'courses' | 'drawdowns'>;

/** First and last bar that a fold was judged on, ISO-8601. */
export interface Fold {
  name: string;
  from: string;
  to: string;
}

const below = (depths: readonly number[]): number[] => depths.map((depth) => (depth === 0 ? 0 : -depth));
const wholePercent = (fraction: number): string => `${Number((fraction * 100).toPrecision(3))} %`;

/** Equity beside buying and holding, falls below the peak, and the deepest of them. Folds are marked where they were judged. */
export function equityPart({ courses, drawdowns }: Curves, folds: readonly Fold[] = []): Markup {
  const { bars: at, times, benchmark } = courses;
  const spans = folds.map(({ name, from, to }) => ({
    ...{ name, from: placeOfTime(times, at, from), to: placeOfTime(times, at, to) },
  }));
  const note = folds.length > 0 ? 'Shaded, by number: what each fold of the walk-forward was judged on.' : undefined;
  const thinned =
    times.length < courses.scored
      ? ` Drawn at ${figureText(times.length)} of ${figureText(courses.scored)} bars: the peaks and falls of every stretch.`
      : '';
  const rows = drawdowns
    .slice(0, 5)
    .map(({ drawdown_fraction: depth, peak, trough, recovery, bars }) => [
      when(peak, 'the start'),
      when(trough),
      when(recovery, 'not yet'),
      percentText(depth),
      figureText(bars),
    ]);
  return html`${linePicture(
    'Value of 1, after costs',
    times,
    [
      { name: 'the strategy', values: courses.equity },
      { name: 'buying and holding', values: courses.buy_hold },
      ...(benchmark ? [{ name: 'the benchmark', values: benchmark }] : []),
    ],
    { at, spans, note },
  )}
  ${linePicture(
    'Fall below the highest value so far',
    times,
    [
      { name: 'the strategy', values: below(courses.drawdown) },
      { name: 'buying and holding', values: below(courses.buy_hold_drawdown) },
    ],
    { at, spans: spans.map((span) => ({ ...span, name: '' })), text: wholePercent, height: 160, filled: true },
  )}
  ${thinned === '' ? null : html`<p class="dim">${thinned}</p>`}
  ${rows.length === 0 ? html`<p>It never fell below a peak.</p>` : table(FALLS, rows)}`;
}

const FALLS: readonly Head[] = [
  ['Fell from', false],
  ['To', false],
  ['Recovered', false],
  ['By', true],
  ['Bars', true],
];
