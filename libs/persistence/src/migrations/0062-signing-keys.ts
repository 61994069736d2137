import type { Migration } from './migration';

/**
 * Keys that an installation signs its judgements with: public ones are kept for ever, private ones sealed and only while they sign.
 * What a promotion rested on is never changed, by whatever statement.
 */
export const migration: Migration = {
  name: '0062-signing-keys',
  up: `
    CREATE TABLE research.signing_key (
      key_id text NOT NULL,
      algorithm text NOT NULL,
      public_key text NOT NULL,
      created_at timestamptz NOT NULL,
      retired_at timestamptz,
      CONSTRAINT signing_key_pkey PRIMARY KEY (key_id)
    );
    CREATE UNIQUE INDEX signing_key_current_key ON research.signing_key (algorithm) WHERE retired_at IS NULL;
    CREATE TABLE research.signing_secret (
      key_id text NOT NULL,
      sealed bytea NOT NULL,
      CONSTRAINT signing_secret_pkey PRIMARY KEY (key_id),
      CONSTRAINT signing_secret_key_fkey FOREIGN KEY (key_id) REFERENCES research.signing_key (key_id)
    );

    CREATE FUNCTION research.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME;
    END $$;
    CREATE TRIGGER evidence_stays BEFORE UPDATE ON research.evidence
      FOR EACH ROW EXECUTE FUNCTION research.refuse_change();
  `,
  down: `
    DROP TRIGGER evidence_stays ON research.evidence;
    DROP FUNCTION research.refuse_change();
    DROP TABLE research.signing_secret;
    DROP TABLE research.signing_key;
  `,
};
