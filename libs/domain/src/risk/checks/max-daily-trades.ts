import type { OrderLeg } from '../../orders';
import { exempt, failed, passed, type CheckResult } from '../check-result';

export interface MaxDailyTradesInput {
  leg: OrderLeg | null;
  /** Entries of the market's trading date; exits do not count. */
  entriesToday: number;
  maxDailyTrades: number;
}

export function checkMaxDailyTrades({ leg, entriesToday, maxDailyTrades }: MaxDailyTradesInput): CheckResult {
  if (!leg || leg.reducing) return exempt('max_daily_trades', maxDailyTrades, leg !== null);
  const wouldBe = entriesToday + 1;
  return wouldBe > maxDailyTrades
    ? failed('max_daily_trades', 'max_daily_trades', wouldBe, maxDailyTrades)
    : passed('max_daily_trades', wouldBe, maxDailyTrades);
}
