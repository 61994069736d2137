import { figureText, NONE, percentText, timeText } from '../../reports/figures';
import { html, type Markup } from '../../reports/markup';
import { rowPicture } from '../../reports/pictures';
import { table } from '../../reports/tables';
import type { ReportedUniverse } from './backtest-report.response';

const MOST_DRAWN = 40;

/** Of a universe: what each symbol brought. */
export function contributionsPart({ contributions, absences }: ReportedUniverse): Markup {
  const ranked = [...contributions].sort((a, b) => b.contribution - a.contribution);
  const inCurrency = contributions.some(({ price }) => price !== undefined);
  const size = ({ contribution }: { contribution: number }): number => Math.abs(contribution);
  const drawn = new Set([...ranked].sort((a, b) => size(b) - size(a)).slice(0, MOST_DRAWN));
  const label =
    ranked.length > MOST_DRAWN
      ? `Part of the total return by symbol, the ${MOST_DRAWN} largest of ${ranked.length}`
      : 'Part of the total return by symbol';
  return html`${rowPicture(
    label,
    ranked.filter((one) => drawn.has(one)).map(({ symbol, contribution }) => ({ name: symbol, value: contribution })),
    percentText,
  )}
  ${table(
    [
      ['Symbol', false],
      ['Group', false],
      ['Contribution', true],
      ['In currency', true],
      ['Costs', true],
      ...(inCurrency
        ? ([
            ['By price', true],
            ['By rates', true],
          ] as const)
        : []),
      ['Trades', true],
      ['Bars held', true],
      ['Bars missing', true],
    ],
    ranked.map((one) => [
      ...[one.symbol, one.group ?? NONE, percentText(one.contribution), figureText(one.pnl), percentText(one.costs)],
      ...(inCurrency ? [percentText(one.price!), percentText(one.fx!)] : []),
      ...[figureText(one.trades), figureText(one.bars_held), figureText(one.bars_missing)],
    ]),
  )}
  ${
    absences.length === 0
      ? null
      : html`<p>
          Without bars, and not held there:
          ${absences.map(({ symbol, from, to }) => `${symbol} ${timeText(from)} to ${timeText(to)}`).join('; ')}.
        </p>`
  }`;
}
