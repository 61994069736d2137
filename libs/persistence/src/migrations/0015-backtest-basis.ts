import type { Migration } from './migration';

/** What the figures of a backtest rest on: the first scored bar and why it is that one, and bars per year. */
export const migration: Migration = {
  name: '0015-backtest-basis',
  up: `
    ALTER TABLE research.backtest
      ADD COLUMN basis jsonb,
      ADD COLUMN buy_hold_reasons jsonb;
  `,
};
