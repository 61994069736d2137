import { columnsNamed, type RowColumn } from '@assay/tables';
import type { SignalLogEntity } from '../records/logs/signal-log.entity';
import type { FillDto, OrderDto, RunDto, TradeDto } from './deployment-log.response';

/** Columns of the logs of a deployment as tables. Amounts are the exact text of the log. */
export const TRADE_COLUMNS = columnsNamed<TradeDto>({
  log_id: 'text',
  run_id: 'text',
  strategy_revision: 'integer',
  timestamp: 'timestamp',
  signal_value: 'double',
  action: 'text',
  qty: 'decimal',
  price: 'decimal',
  order_id: 'text',
  success: 'boolean',
  reason_code: 'text',
  message: 'text',
  checks: 'text',
});

export const RUN_COLUMNS = columnsNamed<RunDto>({
  run_id: 'text',
  bar_close_time: 'timestamp',
  trigger: 'text',
  state: 'text',
  outcome: 'text',
  reason: 'text',
  started_at: 'timestamp',
  finished_at: 'timestamp',
});

export const ORDER_COLUMNS = columnsNamed<OrderDto>({
  order_id: 'text',
  intent_id: 'text',
  client_order_id: 'text',
  venue_order_id: 'text',
  symbol: 'text',
  side: 'text',
  order_type: 'text',
  limit_price: 'decimal',
  qty: 'decimal',
  reduce_only: 'boolean',
  state: 'text',
  filled_qty: 'decimal',
  average_price: 'decimal',
  reject_code: 'text',
  message: 'text',
  sent_at: 'timestamp',
  updated_at: 'timestamp',
});

export const FILL_COLUMNS = columnsNamed<FillDto>({
  fill_id: 'text',
  order_id: 'text',
  venue_fill_id: 'text',
  side: 'text',
  qty: 'decimal',
  price: 'decimal',
  fee: 'decimal',
  filled_at: 'timestamp',
});

/**
 * Doubles keep every bit in either format, so that patterns are needed in none.
 * @param names of every feature that a row may have
 */
export const signalColumns = (names: readonly string[]): RowColumn<SignalLogEntity>[] => [
  { name: 'bar_time', type: 'timestamp', of: (row) => row.barTime.getTime() },
  { name: 'evaluated_at', type: 'timestamp', of: (row) => row.evaluatedAt.getTime() },
  { name: 'strategy_revision', type: 'integer', of: (row) => row.strategyRevision },
  ...names.map((name): RowColumn<SignalLogEntity> => ({
    name: `features.${name}`,
    type: 'double',
    of: (row) => row.featureValues[row.featureNames.indexOf(name)],
  })),
  ...columnsNamed<SignalLogEntity>({
    prediction: 'double',
    signal: 'double',
    weight: 'double',
    decision: 'text',
    reason: 'text',
  }),
];
