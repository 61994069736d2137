import type { BrokerFill, BrokerOrder, BrokerPosition } from '@assay/domain';
import type { FillRow, OrderRow, PositionRow } from './wire';

export const orderOf = (row: OrderRow): BrokerOrder => ({
  clientOrderId: row.client_order_id,
  brokerOrderId: row.paper_order_id,
  symbol: row.symbol,
  side: row.side,
  type: row.order_type,
  qty: row.qty,
  filledQty: row.filled_qty,
  averagePrice: row.average_price,
  state: row.state,
  rejectCode: row.reject_code,
  message: row.message,
  reduceOnly: row.reduce_only,
  createdAtMs: row.accepted_at.getTime(),
  updatedAtMs: row.updated_at.getTime(),
});

export const fillOf = (row: FillRow): BrokerFill => ({
  fillId: row.fill_id,
  clientOrderId: row.client_order_id,
  brokerOrderId: row.paper_order_id,
  symbol: row.symbol,
  side: row.side,
  qty: row.qty,
  price: row.price,
  fee: row.fee,
  feeCurrency: row.currency,
  atMs: row.filled_at.getTime(),
});

export const positionOf = ({ symbol, qty, average_price: averagePrice }: PositionRow): BrokerPosition => ({
  symbol,
  qty,
  averagePrice,
});
