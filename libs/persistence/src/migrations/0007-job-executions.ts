import type { Migration } from './migration';

/** Executions of a job are told apart for ever, and what ends a run is counted by its kind. */
export const migration: Migration = {
  name: '0007-job-executions',
  up: `
    ALTER TABLE ops.job ADD COLUMN execution integer NOT NULL DEFAULT 0;
    ALTER TABLE ops.job ADD COLUMN failures integer NOT NULL DEFAULT 0;
    ALTER TABLE ops.job ADD COLUMN outages integer NOT NULL DEFAULT 0;
    ALTER TABLE ops.job ADD COLUMN losses integer NOT NULL DEFAULT 0;
    UPDATE ops.job SET execution = attempts;
    ALTER TABLE ops.job DROP COLUMN phase_attempts;
  `,
  down: `
    ALTER TABLE ops.job ADD COLUMN phase_attempts integer NOT NULL DEFAULT 0;
    UPDATE ops.job SET phase_attempts = greatest(0, attempts - failures);
    ALTER TABLE ops.job DROP COLUMN execution, DROP COLUMN failures, DROP COLUMN outages, DROP COLUMN losses;
  `,
};
