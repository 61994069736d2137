import { figureText, inWords, NONE, percentText, when } from '../../reports/figures';
import { html, type Content, type Markup } from '../../reports/markup';
import { pricePicture } from '../../reports/price-picture';
import { table, type Head } from '../../reports/tables';
import type { BacktestPartsDto, ReportedPrices } from './backtest-report.response';

/** Trades on their prices, and as a table. @param id of the backtest */
export function tradesPart({ trades, prices }: Pick<BacktestPartsDto, 'trades' | 'prices'>, id: string): Markup {
  const { total, items } = trades;
  const picture = prices && pricePicture(priceLabel(prices, total), prices, prices.marks);
  if (total === 0)
    return html`${picture}
      <p>Nothing was traded.</p>`;
  const several = items.some(({ symbol }) => symbol !== undefined);
  const heads: Head[] = [
    ['Entered', false],
    ['Left', false],
    ...(several ? [['Symbol', false] as const] : []),
    ['Side', false],
    ['Entry price', true],
    ['Exit price', true],
    ['Bars', true],
    ['Net return', true],
    ['Most against it', true],
    ['Most for it', true],
    ['Left by', false],
  ];
  const rows = items.map((trade): Content[] => [
    when(trade.entry_time),
    when(trade.exit_time, 'open'),
    ...(several ? [trade.symbol] : []),
    ...[inWords(trade.side), figureText(trade.entry_price), figureText(trade.exit_price), figureText(trade.bars_held)],
    ...[percentText(trade.net_return), percentText(trade.mae), percentText(trade.mfe)],
    trade.reason === null ? NONE : inWords(trade.reason),
  ]);
  const left =
    items.length < total
      ? html`<p>
          The ${items.length} of ${figureText(total)} trades that gained or lost most, in the order of time. All:
          <code>assay export backtest ${id} --what trades --to trades.csv</code>
        </p>`
      : null;
  return html`${picture} ${left}${table(heads, rows)}`;
}

function priceLabel({ symbol, kind, bars, marked }: ReportedPrices, total: number): string {
  const what = kind === 'candles' ? `${symbol}, every bar` : `${symbol}, ${figureText(bars.length)} closes`;
  if (total === 0) return what;
  return marked < total
    ? `${what}, with the ${marked} of ${figureText(total)} trades that gained or lost most`
    : `${what}, with every trade`;
}
