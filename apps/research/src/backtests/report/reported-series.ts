import type { BarColumns } from '@assay/domain';
import { firstFrom } from '@assay/market-data';
import { timeText } from '@assay/primitives';
import { drawdownDepths } from '@assay/quant';
import { percentText } from '../../reports/figures';
import type { TradeMark } from '../../reports/price-picture';
import { keptBars } from '../../reports/thinned';
import type { TradeDocument } from '../../records/backtests/backtest-document';
import { comparedValues, valueFrom, type BacktestSeries } from '../backtest-series';
import type { ReportedCourses, ReportedPrices, ReportedTrades } from './backtest-report.response';

/** Stretches of which the extremes are kept: more than a picture has room for would only lengthen the report. */
const PARTS = 120;
const MOST_CANDLES = 160;
const MOST_TRADES = 200;
const MOST_MARKED = 60;

/** Equity, buy and hold, and how far below their peaks they are. */
export function reportedCourses(series: BacktestSeries): ReportedCourses {
  const { equity, openTimeMs, scored } = series;
  const { hold, chosen } = comparedValues(series);
  const depths = [series.returns, series.benchmarkReturns].map(drawdownDepths);
  const bars = keptBars([equity, hold, ...depths], PARTS);
  const at = <T>(column: ArrayLike<T>): T[] => bars.map((bar) => column[bar]!);
  return {
    scored: equity.length,
    bars,
    times: bars.map((bar) => timeText(openTimeMs[scored[0] + bar]!)),
    equity: at(equity),
    buy_hold: at(hold),
    benchmark: chosen && bars.map((bar) => valueFrom(chosen, bar)),
    drawdown: at(depths[0]!),
    buy_hold_drawdown: at(depths[1]!),
  };
}

export const reportedTrades = (trades: readonly TradeDocument[]): ReportedTrades => ({
  total: trades.length,
  items: thatMovedMost(trades, MOST_TRADES),
});

/** In the order they were given in; open ones count as nothing won. */
function thatMovedMost(trades: readonly TradeDocument[], most: number): TradeDocument[] {
  if (trades.length <= most) return [...trades];
  const moved = (trade: TradeDocument): number => Math.abs(trade.net_return ?? 0);
  const kept = new Set([...trades].sort((a, b) => moved(b) - moved(a)).slice(0, most));
  return trades.filter((trade) => kept.has(trade));
}

/** @param bars that the run read, from the first of its history on */
export function reportedPrices(
  symbol: string,
  bars: BarColumns,
  [from, to]: readonly [number, number],
  trades: readonly TradeDocument[],
): ReportedPrices {
  const of = (column: Float64Array): Float64Array => column.subarray(from, to);
  const [times, open, high, low, close] = [bars.openTimeMs, bars.open, bars.high, bars.low, bars.close].map(of);
  const kind = to - from <= MOST_CANDLES ? 'candles' : 'closes';
  const kept = kind === 'candles' ? Array.from(close!.keys()) : keptBars([close!], PARTS);
  const at = (column: Float64Array): number[] => kept.map((bar) => column[bar]!);
  const marked = thatMovedMost(trades, MOST_MARKED);
  const barAt = (time: string): number => Math.min(firstFrom(times!, Date.parse(time)), to - from - 1);
  const mark = (bar: number, isBuy: boolean, text: string): TradeMark => {
    const candle = isBuy ? low![bar]! : high![bar]!;
    return { bar, kind: isBuy ? 'buy' : 'sell', price: kind === 'candles' ? candle : close![bar]!, text };
  };
  return {
    ...{ symbol, kind, bars: kept, times: kept.map((bar) => timeText(times![bar]!)) },
    ...{ open: at(open!), high: at(high!), low: at(low!), close: at(close!), marked: marked.length },
    marks: marked.flatMap(({ side, entry_time: entry, exit_time: exit, net_return: net }) => [
      mark(barAt(entry), side === 'long', `entered ${side} ${entry}`),
      ...(exit === null ? [] : [mark(barAt(exit), side === 'short', `left ${side} ${exit}, ${percentText(net)}`)]),
    ]),
  };
}
