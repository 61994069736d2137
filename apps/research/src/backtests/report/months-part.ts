import { percentText } from '../../reports/figures';
import { html, type Content, type Markup } from '../../reports/markup';
import { table, type Head } from '../../reports/tables';
import type { MonthView } from '../backtest.response';
import type { BacktestPartsDto } from './backtest-report.response';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Strongest tint behind a month, percent. */
const STRONGEST = 34;

const signed = (fraction: number | null): string =>
  fraction === null ? '' : `${fraction > 0 ? '+' : ''}${percentText(fraction).replace(' %', '')}`;

/** The tint says the same as the number: never alone. */
function tinted({ return: value }: MonthView, greatest: number): Content {
  if (value === null || value === 0) return signed(value);
  const strength = Math.round((Math.abs(value) / greatest) * STRONGEST);
  const style = `background:color-mix(in srgb,var(--${value > 0 ? 'yes' : 'no'}) ${strength}%,transparent)`;
  return html`<span class="tint" style="${style}">${signed(value)}</span>`;
}

/** Returns by month and year, the newest first. */
export function monthsPart({ calendar }: Pick<BacktestPartsDto, 'calendar'>): Markup {
  if (!calendar) return html`<p>The market of the bars is no longer known, and with it its dates.</p>`;
  const { months, years, zone } = calendar;
  const greatest = Math.max(...months.map((one) => Math.abs(one.return ?? 0)));
  const heads: Head[] = [
    ['Year', false],
    ...MONTHS.map((month): Head => [month, true]),
    ['Year', true],
    ['Buy and hold', true],
  ];
  const rows = [...years].reverse().map(({ year, return: own, buy_hold: held }): Content[] => [
    html`<strong>${year}</strong>`,
    ...MONTHS.map((_, i) => {
      const month = months.find((one) => one.year === year && one.month === i + 1);
      return month && tinted(month, greatest);
    }),
    html`<strong>${signed(own)}</strong>`,
    signed(held),
  ]);
  return html`<p class="dim">Percent, after costs; dates of ${zone}. The first and the last month may be in part.</p>
    <div class="dense">${table(heads, rows)}</div>`;
}
