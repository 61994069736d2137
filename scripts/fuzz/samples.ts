import { calendarFor } from '@assay/market-data';
import type { Operation } from './api-documents';

const BARS = 300;
export const RULE_IDENTITY = '01890000-0000-7000-8000-000000000001';

export const rulesOn = (feature: string): object => ({
  groups: [
    { action: 'BUY', combinator: 'AND', rules: [{ field: 'close', operator: '>', value: { field: feature } }] },
    { action: 'SELL', combinator: 'AND', rules: [{ field: 'close', operator: '<=', value: { field: feature } }] },
  ],
});

/** Daily bars of a made-up market on sessions of New York. */
export function barsCsv(count = BARS): string {
  const lines = ['date,open,high,low,close,volume'];
  const dates = calendarFor('US').sessions('2019-01-01', '2020-12-31').slice(0, count);
  dates.forEach((date, i) => {
    const close = 100 + 10 * Math.sin(i / 9) + i / 20;
    lines.push([date, close, close + 1, close - 1, close, 1_000 + i].join(','));
  });
  return `${lines.join('\n')}\n`;
}

export const strategyDocument = (name: string): Record<string, unknown> => ({
  name,
  version: 1,
  ticker: 'FUZZ',
  conjunction: 'AND',
  trading_period: 252,
  substrategies: [
    {
      ...{ id: 1, indicator: 'get_sma', signal_func: 'momentum_band_signal_long_only', window: 20, signal: 0 },
      data_column: 'v',
    },
  ],
});

const METRICS = { total_return: 0.1, annual_return: 0.05, sharpe_ratio: 1.1, max_drawdown: -0.2, calmar_ratio: 0.25 };

/** Bodies whose rules no schema says whole, as a user would send them; undefined where the schema is enough. */
export function sampleOf({ service, method, path }: Operation, known: (name: string) => string | undefined): unknown {
  const strategy = known('strategy_id');
  const samples: Record<string, () => unknown> = {
    'research POST /api/data/import': () => ({
      ...{ source: 'fuzz', symbol: 'MORE', timeframe: '1d', market: 'US', format: 'csv', adjust: 'none' },
      content: barsCsv(10),
    }),
    'research POST /api/data/subscriptions': () => ({
      ...{ symbol: 'FED', timeframe: '1d', market: 'US', feed: { kind: 'folder', path: 'fuzz/{symbol}.csv' } },
    }),
    'research POST /api/strategies/import': () => ({
      ...strategyDocument('again'),
      source: 'fuzz',
      strategy_id: strategy,
    }),
    'research POST /api/strategies': () => ({
      ...{ name: 'draft', universe: ['FUZZ'], source: 'fuzz', timeframe: '1d', pipeline_config: {} },
    }),
    'research POST /api/signals': () => ({ name: 's', rule_tree: rulesOn('sma_20'), position_mode: 'long_only' }),
    'research POST /api/signals/validate-rule-tree': () => ({ rule_tree: rulesOn('close'), sample: [{ close: 1 }] }),
    'research POST /api/features': () => ({ name: 'sma_9', plugin: 'sma', params: { window: 9 } }),
    'research POST /api/models': () => ({ name: 'm', kind: 'logistic', feature_ids: [known('feature_id')] }),
    'research PATCH /api/strategies/{id}': () => ({ version: 1, name: 'renamed' }),
    'research POST /api/backtests': () => ({ strategy_id: strategy, engine: 'vectorized' }),
    'research POST /api/backtests/compare': () => ({ backtest_ids: [known('backtest_ids'), known('backtest_ids')] }),
    'research POST /api/backtests/sweep': () => ({
      ...{ strategy_id: strategy, params: [{ path: 'substrategies.0.window', range: '5:20:5' }] },
    }),
    'research POST /api/validation/walk-forward': () => ({ strategy_id: strategy }),
    'research POST /api/validation/cpcv': () => ({ strategy_id: strategy, groups: 6, test_groups: 2 }),
    'trade POST /api/v1/strategies': () => ({ ...strategyDocument('again'), strategy_id: strategy }),
    'trade PUT /api/v1/strategies/{strategyId}': () => strategyDocument('replaced'),
    'trade POST /api/v1/strategies/{strategyId}/results': () => ({
      ...{ run_at: '2024-01-01T00:00:00Z', data_range: { start: '2019-01-01', end: '2020-01-01' } },
      ...{ ticker_backtested: 'FUZZ', fee_bps: 5, metrics: METRICS },
    }),
    'trade POST /api/v1/accounts': () => ({ name: 'a', broker: 'PAPER', account_id: known('account_id') }),
    'trade POST /api/v1/deployments': () => ({
      ...{ strategy_id: strategy, account_id: known('account_id'), portfolio: 'p', user: 'u', broker: 'PAPER' },
      ...{ ticker: 'FUZZ', qty: '1', paper: true },
    }),
  };
  return samples[`${service} ${method} ${path}`]?.();
}
