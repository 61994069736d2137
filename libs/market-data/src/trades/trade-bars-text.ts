import { barsToCsv } from '../files';
import { type BarsOfTrades, seriesOfTrades } from './trade-bars';
import { tradeTimeText } from './trade-time';

const NUMBERS = ['open', 'high', 'low', 'close', 'volume', 'trades', 'buy_volume', 'vwap', 'dollar'] as const;

/** One bar as an object of the wire; a missing value is null. */
export type TradeBarRow = { open_time: string; close_time: string } & Record<(typeof NUMBERS)[number], number | null>;

const numberOrNull = (x: number): number | null => (Number.isNaN(x) ? null : x);

/** The bars as objects, one after another; `close_time` is the time of the last trade. */
export function* tradeBarRows({ bars, hasSides }: Pick<BarsOfTrades, 'bars' | 'hasSides'>): Generator<TradeBarRow> {
  for (let i = 0; i < bars.count; i += 1) {
    yield {
      open_time: tradeTimeText(bars.openMs[i], bars.openNs[i]),
      close_time: tradeTimeText(bars.closeMs[i], bars.closeNs[i]),
      ...{ open: bars.open[i], high: bars.high[i], low: bars.low[i], close: bars.close[i], volume: bars.volume[i] },
      trades: bars.trades[i],
      buy_volume: hasSides ? numberOrNull(bars.buyVolume[i]) : null,
      ...{ vwap: bars.vwap[i], dollar: bars.dollar[i] },
    };
  }
}

/** The bars as CSV: those of time as a file that an import reads, the others with the times of their first and last trade. */
export function tradeBarsToCsv(made: BarsOfTrades): string {
  if (made.rule.kind === 'time') return barsToCsv(seriesOfTrades(made, '', ''));
  const names = NUMBERS.filter((name) => made.hasSides || name !== 'buy_volume');
  const lines = [['open_time', 'close_time', ...names].join(',')];
  for (const row of tradeBarRows(made))
    lines.push([row.open_time, row.close_time, ...names.map((name) => row[name] ?? '')].join(','));
  return `${lines.join('\n')}\n`;
}
