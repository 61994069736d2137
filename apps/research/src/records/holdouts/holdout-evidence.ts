import type { GateEvidence } from '@assay/domain';
import type { HoldoutResult } from './holdout.entity';

/** What the gates read of a look. */
export const holdoutEvidence = ({ sharpe, bars, from, to }: HoldoutResult): NonNullable<GateEvidence['holdout']> => ({
  ...{ sharpe, bars, from, to },
});
