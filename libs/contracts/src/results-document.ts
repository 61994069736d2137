export interface SeedMetrics {
  total_return: number | null;
  annualized_return: number | null;
  sharpe_ratio: number | null;
  max_drawdown: number | null;
  calmar_ratio: number | null;
  [more: string]: number | null;
}

/** Backtest performance stored beside a strategy before and after it goes live. */
export interface BacktestResultsDocument {
  strategy_id: string;
  run_at: string;
  data_range: { start: string; end: string };
  ticker_backtested: string;
  fee_bps: number;
  metrics: SeedMetrics;
  buy_hold_metrics?: SeedMetrics;
  walk_forward?: {
    best_window?: number;
    best_signal?: number;
    is_sharpe: number | null;
    oos_sharpe: number | null;
    overfitting_ratio: number | null;
  };
}
