export const SCHEDULES = ['daily_close', 'hourly', 'manual'] as const;
/** One of the named schedules, or a cron expression with an IANA zone. */
export type Schedule = (typeof SCHEDULES)[number] | { cron: string; tz: string };

export interface RiskLimits {
  max_position_usd?: number | string;
  max_daily_trades?: number;
  stop_loss_pct?: number;
}

/** Applied where the document says nothing. */
export const DEFAULT_RISK_LIMITS = { max_position_usd: '10000', max_daily_trades: 10, stop_loss_pct: 5 } as const;

/** Seed document plus our optional fields. Quantities may be numbers or decimal strings. */
export interface DeploymentDocument {
  deployment_id?: string;
  strategy_id: string;
  portfolio?: string;
  user?: string;
  broker: string;
  ticker: string;
  qty?: number | string;
  /** Replaces `qty`: quantity = weight x (capital + the deployment's own profit) / price. */
  sizing?: { capital: number | string };
  /** Default true. */
  paper?: boolean;
  market?: string;
  schedule?: Schedule;
  enabled?: boolean;
  risk_limits?: RiskLimits;
  account_id?: string;
  /** When the first order may come: at once, or at the next change of target. */
  join?: 'now' | 'next_entry';
  /** Relative change of quantity below which the same signal stays HOLD. */
  rebalance_band?: number;
  /** Paper only: run the scheduler over stored sessions with an accelerated clock. Dates are inclusive sessions. */
  replay?: { start: string; end: string; source?: string };
}

export type DeploymentStatus = 'created' | 'active' | 'paused' | 'stopped';
export type TradingState = 'ACTIVE' | 'REDUCING' | 'HALTED';
export type SyncState = 'in_sync' | 'drifted' | 'frozen';

export type OrderState =
  'PENDING_NEW' | 'ACCEPTED' | 'PARTIALLY_FILLED' | 'FILLED' | 'CANCELED' | 'REJECTED' | 'EXPIRED' | 'UNKNOWN';

export const REJECT_CODES = [
  'INSUFFICIENT_FUNDS',
  'INVALID_QTY',
  'INVALID_PRICE',
  'MIN_NOTIONAL',
  'UNKNOWN_SYMBOL',
  'MARKET_CLOSED',
  'REDUCE_ONLY',
  'RATE_LIMIT',
  'AUTH',
  'CLOCK_SKEW',
  'UNSUPPORTED',
  'OTHER',
] as const;
export type RejectCode = (typeof REJECT_CODES)[number];

/** One evaluated bar as the trade worker saw it. `bits` are big-endian hexadecimal IEEE 754 patterns. */
export interface SignalLogEntry {
  bar_time: string;
  evaluated_at: string;
  features: Record<string, number | null>;
  prediction: number | null;
  /** Target in force after this bar: -1, 0, 1, or null before the first. */
  signal: number | null;
  weight: number | null;
  decision: 'target' | 'keep' | 'no_signal';
  reason: string | null;
  bits: { features: Record<string, string>; prediction: string; signal: string; weight: string };
}

/** One row of the execution log: what was decided for a trigger, and why. */
export interface TradeLogEntry {
  log_id: string;
  deployment_id: string;
  strategy_revision: number;
  timestamp: string;
  signal_value: number | null;
  action: 'BUY' | 'SELL' | 'HOLD' | 'REJECTED';
  qty: string;
  order_id: string | null;
  success: boolean;
  reason_code: string;
  message: string;
  price?: string | null;
  checks?: RiskCheckRecord[];
}

export interface RiskCheckRecord {
  check: string;
  passed: boolean;
  code: string | null;
  actual: string | number | boolean | null;
  limit: string | number | boolean | null;
}
