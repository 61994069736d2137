import type { StrategyDocument } from '@assay/contracts';
import type { OrderRules } from '@assay/quant';

/** How a document enters and ends positions beside its signal; null where it says nothing of it. */
export function orderRulesOf({
  protection,
  entry_order: entry,
}: Pick<StrategyDocument, 'protection' | 'entry_order'>): OrderRules | null {
  if (!protection && !entry) return null;
  return {
    protection: protection && {
      stopLoss: protection.stop_loss,
      takeProfit: protection.take_profit,
      trailingStop: protection.trailing_stop,
      breakeven: protection.breakeven,
      timeStop: protection.time_stop?.bars,
      reEntry: protection.re_entry,
    },
    entryOrder: entry && { type: entry.type, offset: entry.offset, expiresAfterBars: entry.expires_after_bars },
  };
}
