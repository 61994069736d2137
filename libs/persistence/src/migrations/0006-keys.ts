import type { Migration } from './migration';

/** A key's maker, and the answers of requests that were sent under an `Idempotency-Key`. */
export const migration: Migration = {
  name: '0006-keys',
  up: `
    ALTER TABLE ops.api_key ADD COLUMN parent_id uuid;
    CREATE INDEX api_key_parent_id_idx ON ops.api_key (parent_id) WHERE parent_id IS NOT NULL;

    CREATE TABLE ops.idempotency_key (
      caller_id uuid NOT NULL,
      route text NOT NULL,
      key text NOT NULL,
      request_mac bytea NOT NULL,
      token uuid NOT NULL,
      held_until timestamptz NOT NULL,
      effect boolean NOT NULL DEFAULT false,
      answer bytea,
      created_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (caller_id, route, key)
    );
    CREATE INDEX idempotency_key_created_at_idx ON ops.idempotency_key (created_at);
  `,
};
