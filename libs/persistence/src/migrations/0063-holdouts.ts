import type { Migration } from './migration';

/** Final periods that nothing may score until one look, which is kept here. `look` is written once, `result` once after it. */
export const migration: Migration = {
  name: '0063-holdouts',
  up: `
    CREATE TABLE research.holdout (
      id uuid NOT NULL,
      owner_id uuid NOT NULL,
      lineage_id uuid NOT NULL,
      strategy_id uuid NOT NULL,
      symbols text[] NOT NULL,
      from_at timestamptz NOT NULL,
      reason text,
      locked_at timestamptz NOT NULL,
      look jsonb,
      result jsonb,
      recorded_at timestamptz,
      CONSTRAINT holdout_pkey PRIMARY KEY (id)
    );
    CREATE INDEX holdout_owner_idx ON research.holdout (owner_id, lineage_id);

    CREATE FUNCTION research.keep_holdout() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' OR OLD.recorded_at IS NOT NULL OR NEW.from_at <> OLD.from_at OR NEW.symbols <> OLD.symbols
        OR (OLD.look IS NOT NULL AND (NEW.look -> 'strategy_id', NEW.look -> 'revision', NEW.look -> 'config_hash')
          IS DISTINCT FROM (OLD.look -> 'strategy_id', OLD.look -> 'revision', OLD.look -> 'config_hash'))
      THEN
        RAISE EXCEPTION 'a holdout and its look are never changed' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER holdout_kept BEFORE UPDATE OR DELETE ON research.holdout
      FOR EACH ROW EXECUTE FUNCTION research.keep_holdout();
  `,
  down: `
    DROP TABLE research.holdout;
    DROP FUNCTION research.keep_holdout();
  `,
};
