import type { BacktestReportDto } from '../src/backtests/report/backtest-report.response';
import { conclusionOf, notesOf } from '../src/backtests/report/backtest-report-words';
import { madeBacktest } from './made-backtest';

const DAYS = ['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05'];
const AT = '2024-05-06T00:00:00.000Z';
const sha = (letter: string): string => letter.repeat(64);

const { request, ...pending } = madeBacktest();

const backtest: BacktestReportDto['backtest'] = {
  ...{ id: pending.id, strategy_id: pending.strategyId, revision: 2, config_hash: sha('c'), engine: 'vectorized' },
  ...{ status: 'completed', job_id: null, error: null, version: 3, created_at: AT, started_at: AT, finished_at: AT },
  request: {
    ...request,
    costs: { fee_bps: 5, borrow_bps_per_year: 300, tiers: { by: 'notional' } } as never,
  },
  metrics: { total_return: 0.1234, annualized_return: 0.08, sharpe_ratio: 1.23456, max_drawdown: 0.25, sortino_ratio: null }, // prettier-ignore
  reasons: { sortino_ratio: 'no bar lost' },
  buy_hold_metrics: { total_return: -0.05, annualized_return: -0.02, sharpe_ratio: -0.5, max_drawdown: 0.4 },
  buy_hold_reasons: {},
  benchmark: { source: 'csv', symbol: 'SPX', timeframe: '1d', fingerprint: sha('b') },
  benchmark_metrics: { total_return: 0.07, sharpe_ratio: 0.25 },
  benchmark_reasons: {},
  costs: { fees: 0.012, spread: 0, slippage: 0, borrow: 0.003, funding: 0, total: 0.015 },
  scored_from: { index: 20, time: `${DAYS[0]}T00:00:00.000Z`, rule: 'lookback' },
  periods_per_year: 252,
  risk_free: { rate: 0.02 },
  fx: null,
  warnings: [],
  data: { source: 'csv', symbol: 'A', timeframe: '1d', adjustment: 'none', first_bar: DAYS[0]!, until: DAYS[3]!, fingerprint: sha('d'), bars: 24, scored: [20, 24] }, // prettier-ignore
  fingerprint: sha('d'),
  result_hash: sha('e'),
  rerun: null,
  artifact_sha256: null,
};

const courses: BacktestReportDto['courses'] = {
  ...{ scored: 4, bars: [0, 1, 2, 3], times: DAYS, benchmark: [null, 1, 1.02, 1.07] },
  ...{ equity: [1, 1.4, 1.05, 1.1234], buy_hold: [1, 0.9, 0.6, 0.95] },
  ...{ drawdown: [0, 0, 0.25, 0.2], buy_hold_drawdown: [0, 0.1, 0.4, 0.05] },
};

const prices: BacktestReportDto['prices'] = {
  ...{ symbol: 'A', kind: 'candles', bars: [0, 1, 2, 3], times: DAYS, marked: 2 },
  ...{ open: [100, 101, 99, 98], high: [103, 102, 100, 99], low: [99, 98, 97, 96], close: [101, 99, 98, 97] },
  marks: [
    { bar: 0, kind: 'buy', price: 99, text: 'entered long' },
    { bar: 2, kind: 'sell', price: 100, text: 'left long' },
    { bar: 3, kind: 'sell', price: 99, text: 'entered short' },
  ],
};

const open = { exit_time: null, exit_price: null, gross_return: null, net_return: null, fees: null, mae: null, mfe: null, reason: null }; // prettier-ignore

const trades: BacktestReportDto['trades'] = {
  total: 2,
  items: [
    {
      ...{ side: 'long', entry_time: `${DAYS[0]}T00:00:00.000Z`, exit_time: `${DAYS[2]}T00:00:00.000Z` },
      ...{ entry_price: 100.5, exit_price: 99.25, quantity: 10, gross_return: -0.0124, net_return: -0.01244, fees: 1 },
      ...{ bars_held: 2, mae: -0.03, mfe: 0.02, reason: 'stop_loss' },
    },
    { ...open, side: 'short', entry_time: `${DAYS[3]}T00:00:00.000Z`, entry_price: 98, quantity: 10, bars_held: 1 },
  ],
};

/** A report of four bars on which everything is known. */
export const madeBacktestReport = (change: Partial<BacktestReportDto> = {}): BacktestReportDto => ({
  ...{ kind: 'assay.backtest_report', format_version: 1, sha256: sha('f'), made_at: AT },
  strategy: { id: backtest.strategy_id, name: 'trend', kind: 'pipeline', revision: 2, universe: ['A'], timeframe: '1d', created_at: AT }, // prettier-ignore
  conclusion: conclusionOf(backtest, courses),
  notes: notesOf({ synthetic: ['A'], backtest, prices, ofUniverse: false }),
  ...{ synthetic: ['A'], backtest, settings: { capital: 100000, sizing: { kind: 'fixed' } }, courses },
  drawdowns: [{ peak: DAYS[1]!, trough: DAYS[2]!, recovery: null, drawdown_fraction: 0.25, bars: 2 }],
  calendar: {
    ...{ market: 'US', zone: 'America/New_York' },
    months: [
      { year: 2024, month: 1, return: 0.03, buy_hold: 0.01, benchmark: null },
      { year: 2024, month: 2, return: -0.015, buy_hold: 0, benchmark: null },
    ],
    years: [{ year: 2024, return: 0.1234, buy_hold: -0.05, benchmark: null }],
  },
  ...{ trades, prices, universe: null },
  ...change,
});

/** The same of two symbols. */
export const madeUniverseReport = (): BacktestReportDto =>
  madeBacktestReport({
    prices: null,
    trades: { total: 2, items: trades.items.map((trade) => ({ ...trade, symbol: 'A' })) },
    universe: {
      contributions: [
        { symbol: 'A', group: null, contribution: -0.01, pnl: -1000, costs: 0.0005, trades: 1, bars_held: 3, bars_missing: 1 }, // prettier-ignore
        { symbol: 'B', group: 'tech', contribution: 0.08, pnl: 8000, costs: 0.0125, trades: 3, bars_held: 40, bars_missing: 0 }, // prettier-ignore
      ],
      absences: [],
    },
  });
