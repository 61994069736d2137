import { newId } from '@assay/primitives/ids';
import { DEFAULT_PIPELINE_CONFIG } from '../src/recipes/recipe';
import type { BacktestOutcomeColumns, NewBacktest } from '../src/records/backtests/backtest.store';

const { mode, fill, costs } = DEFAULT_PIPELINE_CONFIG;

/** A backtest of revision 1 over the whole history, as its strategy states it. */
export const madeBacktest = (change: Partial<NewBacktest> = {}): NewBacktest => ({
  id: newId(),
  ownerId: newId(),
  strategyId: newId(),
  revision: 1,
  configHash: 'c'.repeat(64),
  engine: 'vectorized',
  request: { mode, fill, costs, start: null, end: null, score_from: null, source: null },
  ...change,
});

export const madeOutcome = (change: Partial<BacktestOutcomeColumns> = {}): BacktestOutcomeColumns => ({
  metrics: { sharpe_ratio: 1.5, sortino_ratio: null },
  buyHoldMetrics: { sharpe_ratio: 0.5 },
  reasons: { sortino_ratio: 'no loss' },
  buyHoldReasons: {},
  costs: null,
  basis: null,
  warnings: [{ code: 'never_fires', message: 'the rules never fire' }],
  trades: [],
  seriesUri: 'sha256:a',
  artifact: null,
  data: null,
  ...change,
});
