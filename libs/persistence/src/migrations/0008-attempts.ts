import type { Migration } from './migration';

/** Not logged: after a crash of the server the counts of the last minute are gone, and nothing else. */
export const migration: Migration = {
  name: '0008-attempts',
  up: `
    CREATE UNLOGGED TABLE ops.attempt (
      subject text PRIMARY KEY,
      window_start timestamptz NOT NULL,
      count integer NOT NULL
    );
    CREATE INDEX attempt_window_start_idx ON ops.attempt (window_start);
  `,
};
