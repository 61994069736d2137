import type { Migration } from './migration';

export const migration: Migration = {
  name: '0003-portfolio',
  up: `
    CREATE TABLE portfolio.member (
      strategy_id uuid PRIMARY KEY,
      owner_id uuid NOT NULL,
      name text NOT NULL,
      revision integer NOT NULL,
      config_hash text NOT NULL,
      policy text NOT NULL,
      paper_only boolean NOT NULL,
      symbols text[] NOT NULL,
      expected_return double precision,
      sharpe double precision,
      max_drawdown double precision,
      active boolean NOT NULL,
      promoted_at timestamptz NOT NULL,
      demoted_at timestamptz
    );
    CREATE INDEX member_owner_idx ON portfolio.member (owner_id, active);
  `,
};
