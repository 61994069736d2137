import type { TradeDto } from './deployment-log.response';
import type { TradeLogEntity } from '../records/logs/trade-log.entity';

/** Wire form of a row of the execution log. */
export function tradeAnswer(row: TradeLogEntity): TradeDto {
  return {
    log_id: row.logId,
    deployment_id: row.deploymentId,
    run_id: row.runId,
    strategy_revision: row.strategyRevision,
    timestamp: row.timestamp.toISOString(),
    signal_value: row.signalValue === null ? null : Number(row.signalValue),
    action: row.action,
    qty: row.qty,
    price: row.price,
    order_id: row.orderId,
    success: row.success,
    reason_code: row.reasonCode,
    message: row.message,
    checks: row.checks,
  };
}
