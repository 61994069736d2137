import type { Migration } from './migration';

/** How a fit was judged part by part; null where it was not, and of fits of which the means alone were kept. */
export const migration: Migration = {
  name: '0058-model-folds',
  up: `ALTER TABLE research.model_artifact ADD COLUMN folds jsonb;`,
};
