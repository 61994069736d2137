import type { OrderState, RejectCode } from '@assay/contracts';
import type { OrderSide } from '@assay/domain';

/** What the venue knows of an account. */
export interface AccountRow {
  account_id: string;
  currency: string;
  initial_cash: string;
  cash: string;
  fee_bps: string;
}

export interface PositionRow {
  symbol: string;
  qty: string;
  average_price: string | null;
}

export interface OrderRow {
  paper_order_id: string;
  client_order_id: string;
  symbol: string;
  side: OrderSide;
  order_type: 'MARKET' | 'LIMIT';
  qty: string;
  limit_price: string | null;
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
