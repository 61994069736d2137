import type { CostsDocument } from '@assay/contracts';
import type { AccountingMode, FillRule } from '../../recipes/recipe';

/** What a backtest was asked to do, defaults resolved from the pinned revision. */
export interface BacktestRequest {
  mode: AccountingMode;
  fill: FillRule;
  costs: CostsDocument;
  /** Slice that is scored, ISO-8601; everything is computed from the history anchor. */
  start: string | null;
  end: string | null;
  /** Leading bars that are not scored. */
  score_from: number | null;
  source: string | null;
  /** What it is told against, beside buy and hold; absent where nothing was asked for. */
  benchmark?: BenchmarkRequest;
  /** What cash earns; absent: nothing. */
  risk_free?: RiskFreeRequest;
  /** The account's currency and what turns the prices into it; absent where it is theirs. */
  fx?: FxRequest | FxRatesRequest;
  /** The backtest that this one repeats, by what it read and found; null where its hash was not kept. */
  rerun_of?: { id: string; fingerprint: string; result_hash: string | null };
}

/** A stored series of bars. */
export interface BenchmarkRequest {
  source: string;
  symbol: string;
  timeframe: string;
}

/** A stored series of rates: units of the account's currency for one of the quote's, or `invert`. */
export interface FxRequest extends BenchmarkRequest {
  account_currency: string;
  invert: boolean;
  max_age_days: number;
}

/** Of a universe whose members are quoted in several currencies. */
export interface FxRatesRequest {
  account_currency: string;
  rates: (Omit<FxRequest, 'account_currency'> & { currency: string })[];
}

/** One rate a year as a fraction, or an external series of rates a year. */
export type RiskFreeRequest = { rate: number } | RateSeriesRequest;

export interface RateSeriesRequest {
  source: string;
  symbol: string | null;
  name: string;
  unit: 'percent' | 'fraction';
}

/** One round trip; prices and quantity as numbers of the simulation. */
export interface TradeDocument {
  /** Of a universe; absent where there is one symbol. */
  symbol?: string;
  side: 'long' | 'short';
  entry_time: string;
  exit_time: string | null;
  entry_price: number;
  exit_price: number | null;
  quantity: number;
  gross_return: number | null;
  net_return: number | null;
  fees: number | null;
  bars_held: number;
  mae: number | null;
  mfe: number | null;
  reason: string | null;
}
