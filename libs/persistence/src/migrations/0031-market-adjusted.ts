import type { Migration } from './migration';

/** Says of a series whether its two price bases differ, so that nothing unadjusted is shown as adjusted. */
export const migration: Migration = {
  name: '0031-market-adjusted',
  up: `
    ALTER TABLE market.series ADD COLUMN adjusted boolean NOT NULL DEFAULT false;
    UPDATE market.series s SET adjusted = true
      WHERE EXISTS (SELECT 1 FROM market.bar b WHERE b.series_id = s.id AND b.adj_factor <> 1);
  `,
};
