interface Tested {
  revision: number;
  finished_at: string | null;
  metrics: unknown;
  buy_hold_metrics: unknown;
  data: unknown;
  request: unknown;
}
interface Data {
  symbol?: string;
  first_bar?: string;
  until?: string;
}

/** The newest backtest of a revision as the results that are kept beside a deployed strategy; undefined where there is none. */
export function resultsDocument(backtests: readonly Tested[], revision: number) {
  const tested = backtests.find((one) => one.revision === revision && one.metrics !== null);
  const data = tested?.data as Data | null | undefined;
  if (!tested || !data?.symbol || !data.first_bar || !data.until || !tested.finished_at) return undefined;
  const { costs } = (tested.request ?? {}) as { costs?: { fee_bps?: number } };
  return {
    run_at: tested.finished_at,
    revision,
    data_range: { start: data.first_bar.slice(0, 10), end: data.until.slice(0, 10) },
    ticker_backtested: data.symbol,
    fee_bps: costs?.fee_bps ?? 0,
    metrics: tested.metrics as Record<string, number | null>,
    ...(tested.buy_hold_metrics ? { buy_hold_metrics: tested.buy_hold_metrics as Record<string, number | null> } : {}),
  };
}
