import { planSweep, type SweepPlan, type SweptDocument } from '@assay/pipeline';
import type { SweepSpace } from '@assay/contracts';

/** The plan that a payload carries; null for candidates. A sweep that began before plans were kept is planned again. */
export function planOf(
  { params, constraints, existing }: Pick<SweepSpace, 'params' | 'constraints' | 'existing'>,
  document: SweptDocument,
): SweepPlan | null {
  if (params === null) return null;
  return existing === undefined ? planSweep(document, params, constraints) : { params, existing };
}
