import type { Migration } from './migration';

export const migration: Migration = {
  name: '0012-research-promotion',
  up: `
    CREATE TABLE research.evidence (
      id uuid NOT NULL,
      owner_id uuid NOT NULL,
      strategy_id uuid NOT NULL,
      revision integer NOT NULL,
      policy text NOT NULL,
      document jsonb NOT NULL,
      facts jsonb NOT NULL,
      sha256 text NOT NULL,
      created_at timestamptz NOT NULL,
      CONSTRAINT evidence_pkey PRIMARY KEY (id),
      CONSTRAINT evidence_strategy_fkey FOREIGN KEY (strategy_id) REFERENCES research.strategy(id)
    );
    CREATE INDEX evidence_strategy_idx ON research.evidence (strategy_id, revision);

    CREATE TABLE research.promotion_history (
      id uuid NOT NULL,
      owner_id uuid NOT NULL,
      strategy_id uuid NOT NULL,
      revision integer NOT NULL,
      action text NOT NULL,
      policy text,
      actor_id uuid NOT NULL,
      reason text,
      evidence_id uuid,
      evidence_sha256 text,
      at timestamptz NOT NULL,
      CONSTRAINT promotion_history_pkey PRIMARY KEY (id),
      CONSTRAINT promotion_history_strategy_fkey FOREIGN KEY (strategy_id) REFERENCES research.strategy(id)
    );
    CREATE INDEX promotion_history_strategy_idx ON research.promotion_history (strategy_id, at);
  `,
};
