import type { Migration } from './migration';

/** Series that are kept fresh from a feed, and how often the hosts of feeds may be asked. */
export const migration: Migration = {
  name: '0043-feeds',
  up: `
    CREATE TABLE market.subscription (
      id uuid NOT NULL,
      owner_id uuid NOT NULL,
      source text NOT NULL,
      symbol text NOT NULL,
      timeframe text NOT NULL,
      market text NOT NULL,
      synthetic boolean NOT NULL,
      feed jsonb NOT NULL,
      feed_symbol text NOT NULL,
      sealed_key bytea,
      first_bar timestamptz NOT NULL,
      delay_s integer NOT NULL,
      overlap_bars integer NOT NULL,
      may_correct boolean NOT NULL,
      enabled boolean NOT NULL,
      next_due_at timestamptz NOT NULL,
      attempts integer NOT NULL DEFAULT 0,
      feed_revision text,
      holes_asked_at timestamptz,
      holes_from timestamptz,
      claim uuid,
      claimed_until timestamptz,
      last_attempt_at timestamptz,
      last_success_at timestamptz,
      last_error text,
      last_result jsonb,
      version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      CONSTRAINT subscription_pkey PRIMARY KEY (id),
      CONSTRAINT subscription_series_key UNIQUE (source, symbol, timeframe)
    );
    CREATE INDEX subscription_owner_idx ON market.subscription (owner_id);
    CREATE INDEX subscription_due_idx ON market.subscription (next_due_at) WHERE enabled;

    CREATE TABLE market.feed_budget (
      feed text NOT NULL,
      host text NOT NULL,
      free_at timestamptz NOT NULL,
      CONSTRAINT feed_budget_pkey PRIMARY KEY (feed, host)
    );
  `,
};
