import type { LogisticParams, ModelSpec, PinnedRef } from '@assay/contracts';

type LogisticSpec = Extract<ModelSpec, { kind: 'logistic' }>;
export type ModelLabel = LogisticSpec['label'];
export type ModelRefit = LogisticSpec['refit'];

/** What a model's hash covers: its specification and the features it reads, pinned in column order. */
export type ModelContent =
  | { kind: 'rule.identity' }
  | {
      kind: 'logistic';
      inputs: { name: string; pin: PinnedRef }[];
      label: ModelLabel;
      params: LogisticParams;
      seed: number;
      refit: ModelRefit;
    };

/** Everyone's model of strategies whose rules read features alone. */
export const RULE_IDENTITY_ID = '01890000-0000-7000-8000-000000000001';
