import type { SignalLogEntry } from '@assay/contracts';
import { bits } from '@assay/pipeline';
import type { SignalLogEntity } from '../records/logs/signal-log.entity';
import type { FillEntity } from '../records/orders/fill.entity';
import type { OrderEntity } from '../records/orders/order.entity';
import type { RunEntity } from '../records/runs/run.entity';
import type { FillDto, OrderDto, RunDto } from './deployment-log.response';

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Wire form of a row of the signal log. */
export function signalAnswer(row: SignalLogEntity): SignalLogEntry {
  const pairs = row.featureNames.map((name, i) => [name, row.featureValues[i]!] as const);
  return {
    bar_time: row.barTime.toISOString(),
    evaluated_at: row.evaluatedAt.toISOString(),
    features: Object.fromEntries(pairs.map(([name, value]) => [name, finite(value)])),
    prediction: finite(row.prediction),
    signal: finite(row.signal),
    weight: finite(row.weight),
    decision: row.decision,
    reason: row.reason,
    bits: {
      features: Object.fromEntries(pairs.map(([name, value]) => [name, bits(value)])),
      prediction: bits(row.prediction),
      signal: bits(row.signal),
      weight: bits(row.weight),
    },
  };
}

export const runAnswer = (row: RunEntity): RunDto => ({
  run_id: row.runId,
  bar_close_time: row.barCloseTime.toISOString(),
  trigger: row.trigger,
  state: row.state,
  outcome: row.outcome,
  reason: row.reason,
  started_at: row.startedAt.toISOString(),
  finished_at: row.finishedAt?.toISOString() ?? null,
});

export const orderAnswer = (row: OrderEntity): OrderDto => ({
  order_id: row.orderId,
  intent_id: row.intentId,
  client_order_id: row.clientOrderId,
  venue_order_id: row.venueOrderId,
  symbol: row.symbol,
  side: row.side,
  order_type: row.orderType,
  limit_price: row.limitPrice,
  qty: row.qty,
  reduce_only: row.reduceOnly,
  state: row.state,
  filled_qty: row.filledQty,
  average_price: row.averagePrice,
  reject_code: row.rejectCode,
  message: row.message,
  sent_at: row.sentAt.toISOString(),
  updated_at: row.updatedAt.toISOString(),
});

export const fillAnswer = (row: FillEntity): FillDto => ({
  fill_id: row.fillId,
  order_id: row.orderId,
  venue_fill_id: row.venueFillId,
  side: row.side,
  qty: row.qty,
  price: row.price,
  fee: row.fee,
  filled_at: row.filledAt.toISOString(),
});
