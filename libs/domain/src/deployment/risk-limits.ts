import { DEFAULT_RISK_LIMITS, type RiskLimits } from '@assay/contracts';
import { Decimal } from '@assay/primitives';
import type { ObjectReader } from '../documents';
import { readQuantity } from './read-quantity';

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

/** Reads `risk_limits`; undefined when the document has none. */
export function readRiskLimits(parent: ObjectReader): RiskLimits | undefined {
  const reader = parent.object('risk_limits');
  if (!reader) return undefined;
  const maxPosition = readQuantity(reader, 'max_position_usd', {});
  const maxTrades = reader.integer('max_daily_trades', { min: 0 });
  const stopLoss = reader.number('stop_loss_pct', { above: 0, max: 100 });
  reader.refuseUnknown();
  return {
    ...(maxPosition === undefined ? {} : { max_position_usd: maxPosition }),
    ...(maxTrades === undefined ? {} : { max_daily_trades: maxTrades }),
    ...(stopLoss === undefined ? {} : { stop_loss_pct: stopLoss }),
  };
}
