import type { Migration } from './migration';

/** Codes that sign a user in once. Only their hashes are kept; with a key that made one, the session may do no more than that key. */
export const migration: Migration = {
  name: '0056-sign-in-codes',
  up: `
    CREATE TABLE ops.sign_in_code (
      code_hash text PRIMARY KEY,
      user_id uuid NOT NULL,
      key_id uuid,
      created_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz NOT NULL
    );
    CREATE INDEX sign_in_code_expires_at_idx ON ops.sign_in_code (expires_at);
  `,
  down: 'DROP TABLE ops.sign_in_code;',
};
