import type { OrderState, RejectCode } from '@assay/contracts';
import type { BrokerFill, BrokerOrder, OrderSide } from '@assay/domain';

export interface OrderRow {
  paper_order_id: string;
  client_order_id: string;
  symbol: string;
  side: OrderSide;
  order_type: 'MARKET' | 'LIMIT';
  qty: string;
  reduce_only: boolean;
  state: OrderState;
  filled_qty: string;
  average_price: string | null;
  reject_code: RejectCode | null;
  message: string | null;
  accepted_at: Date;
  updated_at: Date;
}

export interface FillRow {
  fill_id: string;
  paper_order_id: string;
  client_order_id: string;
  symbol: string;
  side: OrderSide;
  qty: string;
  price: string;
  fee: string;
  currency: string;
  filled_at: Date;
}

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
