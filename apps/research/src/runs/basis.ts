import type { ScoredFrom } from '@assay/pipeline';
import type { Basis } from '../records/backtests/basis';

export function basisOf({ index, rule }: ScoredFrom, openTimeMs: Float64Array, periodsPerYear: number): Basis {
  const time = new Date(openTimeMs[index]!).toISOString();
  return { scored_from: { index, time, rule }, periods_per_year: periodsPerYear };
}
