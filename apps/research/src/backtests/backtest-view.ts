import type { JobRow } from '@assay/platform';
import type { BacktestDto } from './backtest.response';
import type { Basis } from '../records/backtests/basis';
import type { BacktestEntity } from '../records/backtests/backtest.entity';

/** The job row is the truth about work under way: a job that ended without a result shows here as what became of it. */
export function backtestView(b: BacktestEntity, job: Pick<JobRow, 'state' | 'error'> | null): BacktestDto {
  const isOpen = b.status === 'queued' || b.status === 'running';
  const ended = isOpen && job && (job.state === 'failed' || job.state === 'canceled') ? job : null;
  return {
    id: b.id,
    strategy_id: b.strategyId,
    revision: b.revision,
    config_hash: b.configHash,
    engine: b.engine,
    status: ended ? ended.state : b.status,
    request: b.request,
    job_id: b.jobId,
    metrics: b.metrics,
    buy_hold_metrics: b.buyHoldMetrics,
    reasons: b.reasons,
    buy_hold_reasons: b.buyHoldReasons,
    costs: b.costs,
    scored_from: b.basis?.scored_from ?? null,
    periods_per_year: b.basis?.periods_per_year ?? null,
    benchmark: benchmarkView(b.basis),
    benchmark_metrics: b.basis?.benchmark?.metrics ?? null,
    benchmark_reasons: b.basis?.benchmark?.reasons ?? null,
    risk_free: b.basis?.risk_free ?? null,
    fx: b.basis?.fx ?? null,
    warnings: b.warnings,
    data: b.data,
    fingerprint: b.data?.fingerprint ?? null,
    result_hash: b.basis?.result_hash ?? null,
    rerun: b.basis?.rerun ?? null,
    artifact_sha256: b.artifact?.sha256 ?? null,
    error: ended?.error ?? b.error,
    version: b.version,
    created_at: b.createdAt.toISOString(),
    started_at: b.startedAt?.toISOString() ?? null,
    finished_at: b.finishedAt?.toISOString() ?? null,
  };
}

function benchmarkView(basis: Basis | null): BacktestDto['benchmark'] {
  if (basis?.benchmark === undefined) return null;
  const { metrics: _, reasons: __, ...pinned } = basis.benchmark;
  return pinned;
}
