import type { Migration } from './migration';

/** When what was stored of a series last changed other than by bars before or after it: what rests on it is proved again since. */
export const migration: Migration = {
  name: '0039-corrections',
  up: `ALTER TABLE market.series ADD COLUMN corrected_at timestamptz;`,
};
