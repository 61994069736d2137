import type { Migration } from './migration';

/** What a backtest cost by kind; null of those that completed before. */
export const migration: Migration = {
  name: '0053-backtest-costs',
  up: `ALTER TABLE research.backtest ADD COLUMN costs jsonb;`,
  down: `ALTER TABLE research.backtest DROP COLUMN costs;`,
};
