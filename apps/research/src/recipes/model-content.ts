import type { ModelPlan, NO_MODEL, PinnedRef } from '@assay/contracts';

export type { ModelLabel } from '@assay/contracts';
export type ModelRefit = ModelPlan['refit'];

/** What a model's hash covers: its plan and the features it reads, pinned in column order. */
export type ModelContent =
  { kind: typeof NO_MODEL } | (Omit<ModelPlan, 'pin' | 'inputs'> & { inputs: { name: string; pin: PinnedRef }[] });

/** Everyone's model of strategies whose rules read features alone. */
export const RULE_IDENTITY_ID = '01890000-0000-7000-8000-000000000001';
