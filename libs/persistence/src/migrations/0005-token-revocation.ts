import type { Migration } from './migration';

export const migration: Migration = {
  name: '0005-token-revocation',
  up: `
    CREATE TABLE ops.revoked_token (
      jti uuid PRIMARY KEY,
      user_id uuid NOT NULL,
      revoked_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz NOT NULL
    );
    CREATE INDEX revoked_token_expires_at_idx ON ops.revoked_token (expires_at);
  `,
};
