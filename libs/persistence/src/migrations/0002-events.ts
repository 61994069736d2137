import type { Migration } from './migration';

/**
 * An outbox for each service that publishes. The advisory lock is held from the insert to the commit, so positions become visible
 * in ascending order and a cursor reader can never step over a row that commits late. The sequence is not transactional, which is
 * why it stays right at every isolation level; a rollback leaves a gap, which means nothing.
 */
const outbox = (schema: string): string => `
  CREATE SCHEMA IF NOT EXISTS ${schema};
  CREATE SEQUENCE ${schema}.outbox_position;
  CREATE TABLE ${schema}.outbox (
    position bigint PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    type text NOT NULL,
    subject text NOT NULL,
    aggregate_id text NOT NULL,
    sequence bigint NOT NULL,
    envelope jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE ${schema}.outbox_sequence (
    aggregate_id text PRIMARY KEY,
    sequence bigint NOT NULL
  );

  CREATE FUNCTION ${schema}.outbox_next(aggregate text) RETURNS bigint LANGUAGE plpgsql AS $$
  DECLARE assigned bigint;
  BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('assay.outbox'), hashtext('${schema}'));
    INSERT INTO ${schema}.outbox_sequence AS s (aggregate_id, sequence) VALUES (aggregate, 1)
      ON CONFLICT (aggregate_id) DO UPDATE SET sequence = s.sequence + 1
      RETURNING s.sequence INTO assigned;
    RETURN assigned;
  END $$;

  CREATE FUNCTION ${schema}.outbox_assign() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('assay.outbox'), hashtext('${schema}'));
    NEW.position := nextval('${schema}.outbox_position');
    RETURN NEW;
  END $$;
  CREATE TRIGGER outbox_assign BEFORE INSERT ON ${schema}.outbox
    FOR EACH ROW EXECUTE FUNCTION ${schema}.outbox_assign();

  CREATE FUNCTION ${schema}.outbox_notify() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_notify('assay_outbox', '${schema}');
    RETURN NULL;
  END $$;
  CREATE TRIGGER outbox_notify AFTER INSERT ON ${schema}.outbox
    FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.outbox_notify();
`;

/** What a consuming service remembers: events done, the place in each source, the last sequence per aggregate, events given up. */
const inbox = (schema: string): string => `
  CREATE SCHEMA IF NOT EXISTS ${schema};
  CREATE TABLE ${schema}.inbox (
    consumer text NOT NULL,
    event_id uuid NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, event_id)
  );
  CREATE TABLE ${schema}.event_cursor (
    consumer text NOT NULL,
    source text NOT NULL,
    position bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (consumer, source)
  );
  CREATE TABLE ${schema}.event_sequence (
    consumer text NOT NULL,
    aggregate text NOT NULL,
    sequence bigint NOT NULL,
    PRIMARY KEY (consumer, aggregate)
  );
  CREATE TABLE ${schema}.event_refused (
    consumer text NOT NULL,
    event_id uuid NOT NULL,
    envelope jsonb NOT NULL,
    code text NOT NULL,
    message text NOT NULL,
    refused_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, event_id)
  );
`;

export const migration: Migration = {
  name: '0002-events',
  up: [outbox('research'), outbox('trade'), inbox('research'), inbox('trade'), inbox('portfolio')].join('\n'),
};
