import { DEFAULT_RISK_LIMITS, type RiskLimits } from '@assay/contracts';
import { Decimal } from '@assay/primitives';

/** Limits in force: what the document says, the defaults elsewhere. */
export interface EffectiveRiskLimits {
  maxPositionUsd: Decimal;
  /** Entries per local trading day of the market. */
  maxDailyTrades: number;
  /** In per cent of the average entry price. */
  stopLossPct: number;
}

export function effectiveRiskLimits(limits: RiskLimits | undefined): EffectiveRiskLimits {
  return {
    maxPositionUsd: new Decimal(limits?.max_position_usd ?? DEFAULT_RISK_LIMITS.max_position_usd),
    maxDailyTrades: limits?.max_daily_trades ?? DEFAULT_RISK_LIMITS.max_daily_trades,
    stopLossPct: limits?.stop_loss_pct ?? DEFAULT_RISK_LIMITS.stop_loss_pct,
  };
}
