import type { BacktestOutcome } from '@assay/pipeline';
import type { Basis } from '../records/backtests/basis';
import type { UniverseComparison } from '../runs/comparison';

/** What a result states of the series that were asked for beside its bars. */
export function comparedBasis(
  { benchmark, riskFree, fx }: Pick<UniverseComparison, 'benchmark' | 'riskFree' | 'fx'>,
  outcome: Pick<BacktestOutcome, 'benchmark' | 'fx'>,
): Partial<Basis> {
  const { metrics, reasons } = outcome.benchmark ?? {};
  return {
    ...(benchmark && metrics && reasons ? { benchmark: { ...benchmark, metrics, reasons } } : {}),
    ...(riskFree ? { risk_free: riskFree } : {}),
    ...(fx && outcome.fx ? { fx: { ...fx, ...outcome.fx } } : {}),
  };
}
