import type { Migration } from './migration';

/** How a model's rows count and its chances are calibrated; null where the model does not say. */
export const migration: Migration = {
  name: '0051-model-training',
  up: `ALTER TABLE research.model ADD COLUMN training jsonb;`,
};
