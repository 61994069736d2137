import type { BatchEvaluation } from '@assay/domain';

/** The first bar with a target must not lie before the declared lookback: it would rest on values that are not warm. */
export function warmUpAudit(
  { signals }: Pick<BatchEvaluation, 'signals'>,
  declaredLookback: number,
): { declaredLookback: number; firstTarget: number | null } {
  const firstTarget = signals.findIndex((signal) => !Number.isNaN(signal));
  return { declaredLookback, firstTarget: firstTarget < 0 ? null : firstTarget };
}
