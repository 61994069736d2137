import type { Migration } from './migration';

/** Trials made elsewhere, as their number was declared. Rows are only ever added, each of a lineage with a larger number. */
export const migration: Migration = {
  name: '0061-outside-trials',
  up: `
    CREATE TABLE research.outside_trials (
      id uuid NOT NULL,
      owner_id uuid NOT NULL,
      lineage_id uuid NOT NULL,
      strategy_id uuid NOT NULL,
      trials integer NOT NULL,
      reason text NOT NULL,
      declared_by uuid NOT NULL,
      created_at timestamptz NOT NULL,
      CONSTRAINT outside_trials_pkey PRIMARY KEY (id),
      CONSTRAINT outside_trials_number_key UNIQUE (owner_id, lineage_id, trials)
    );

    CREATE FUNCTION research.keep_outside_trials() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'declared trials are only ever added to' USING ERRCODE = 'integrity_constraint_violation';
    END $$;
    CREATE TRIGGER outside_trials_kept BEFORE UPDATE OR DELETE ON research.outside_trials
      FOR EACH ROW EXECUTE FUNCTION research.keep_outside_trials();
  `,
  down: `
    DROP TABLE research.outside_trials;
    DROP FUNCTION research.keep_outside_trials();
  `,
};
