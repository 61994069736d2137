import type { Trade, TradeOutcome } from '@assay/quant';
import type { TradeDocument } from '../records/backtests/backtest-document';

const finite = (x: number): number | null => (Number.isFinite(x) ? x : null);

/** Trades as they are stored; their bars count from `from`. Those of a universe name their symbol. */
export function tradesOf(
  openTimeMs: Float64Array,
  from: number,
  trades: readonly (Trade & { symbol?: string })[],
): TradeDocument[] {
  const at = (index: number): string => new Date(openTimeMs[from + index]!).toISOString();
  return trades.map((t) => ({
    ...(t.symbol === undefined ? {} : { symbol: t.symbol }),
    side: t.side,
    entry_time: at(Math.max(t.entryIndex, 0)),
    exit_time: t.exitIndex < 0 ? null : at(t.exitIndex),
    entry_price: t.entryPrice,
    exit_price: finite(t.exitPrice),
    quantity: t.quantity,
    gross_return: finite(t.grossReturn),
    net_return: finite(t.netReturn),
    fees: finite(t.fees),
    bars_held: t.barsHeld,
    mae: finite(t.mae),
    mfe: finite(t.mfe),
    reason: t.reason,
  }));
}

/** What figures of trades read of stored ones. */
export const tradeOutcomes = (trades: readonly TradeDocument[]): TradeOutcome[] =>
  trades.map(({ exit_time, net_return }) => ({ exitIndex: exit_time === null ? -1 : 0, netReturn: net_return ?? NaN }));
