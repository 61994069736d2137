import type { ResultDto } from './result.response';
import type { ResultEntity } from '../records/strategies/result.entity';

/** Wire form of a stored result: the seed's document with the pinned revision and the row's id. */
export const resultDocument = (row: ResultEntity): ResultDto => ({
  result_id: row.resultId,
  strategy_id: row.strategyId,
  revision: row.revision,
  run_at: row.runAt.toISOString(),
  data_range: { start: row.dataStart, end: row.dataEnd },
  ticker_backtested: row.ticker,
  fee_bps: Number(row.feeBps),
  metrics: row.metricsJson,
  buy_hold_metrics: row.buyHoldMetricsJson ?? null,
  walk_forward: row.walkForwardJson ?? null,
  created_at: row.createdAt.toISOString(),
});
