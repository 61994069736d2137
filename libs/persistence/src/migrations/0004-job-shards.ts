import type { Migration } from './migration';

/** A job may go on in shard jobs; while they run it is `running` without a worker. */
export const migration: Migration = {
  name: '0004-job-shards',
  up: `
    ALTER TABLE ops.job ADD COLUMN parent_id uuid;
    ALTER TABLE ops.job ADD COLUMN shard integer;
    ALTER TABLE ops.job ADD COLUMN weight double precision;
    ALTER TABLE ops.job ADD COLUMN shards integer NOT NULL DEFAULT 0;
    ALTER TABLE ops.job ADD COLUMN phase_attempts integer NOT NULL DEFAULT 0;
    ALTER TABLE ops.job ADD CONSTRAINT job_shard_whole
      CHECK ((parent_id IS NULL) = (shard IS NULL) AND (parent_id IS NULL) = (weight IS NULL));
    CREATE UNIQUE INDEX job_shard_key ON ops.job (parent_id, shard) WHERE parent_id IS NOT NULL;
  `,
  down: `
    DELETE FROM ops.job WHERE parent_id IS NOT NULL;
    ALTER TABLE ops.job DROP CONSTRAINT job_shard_whole;
    DROP INDEX ops.job_shard_key;
    ALTER TABLE ops.job DROP COLUMN parent_id, DROP COLUMN shard, DROP COLUMN weight, DROP COLUMN shards,
      DROP COLUMN phase_attempts;
  `,
};
