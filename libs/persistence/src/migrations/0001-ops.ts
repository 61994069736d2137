import type { Migration } from './migration';

export const migration: Migration = {
  name: '0001-ops',
  up: `
    CREATE SCHEMA IF NOT EXISTS ops;

    CREATE TABLE ops."user" (
      id uuid PRIMARY KEY,
      username text NOT NULL CONSTRAINT user_username_key UNIQUE,
      password_hash text,
      role text NOT NULL,
      disabled boolean NOT NULL DEFAULT false,
      token_epoch integer NOT NULL DEFAULT 0,
      created_at timestamptz NOT NULL DEFAULT now()
    );

    CREATE TABLE ops.api_key (
      id uuid PRIMARY KEY,
      user_id uuid NOT NULL,
      name text NOT NULL,
      key_prefix text NOT NULL,
      key_hash text NOT NULL CONSTRAINT api_key_key_hash_key UNIQUE,
      scopes text[] NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz,
      revoked_at timestamptz,
      last_used_at timestamptz
    );
    CREATE INDEX api_key_user_id_idx ON ops.api_key (user_id);

    CREATE TABLE ops.job (
      id uuid PRIMARY KEY,
      service text NOT NULL,
      kind text NOT NULL,
      owner_id uuid,
      subject_id uuid,
      dedupe_key text,
      state text NOT NULL DEFAULT 'queued',
      payload jsonb NOT NULL,
      progress double precision NOT NULL DEFAULT 0,
      message text,
      result jsonb,
      error jsonb,
      attempts integer NOT NULL DEFAULT 0,
      max_attempts integer NOT NULL DEFAULT 3,
      cancel_requested boolean NOT NULL DEFAULT false,
      claimed_by text,
      lease_until timestamptz,
      run_after timestamptz NOT NULL DEFAULT now(),
      correlation_id text,
      created_at timestamptz NOT NULL DEFAULT now(),
      started_at timestamptz,
      finished_at timestamptz
    );
    CREATE INDEX job_owner_idx ON ops.job (owner_id, id);
    CREATE INDEX job_open_idx ON ops.job (service, state) WHERE state IN ('queued', 'running');
    CREATE UNIQUE INDEX job_dedupe_key ON ops.job (service, kind, dedupe_key)
      WHERE dedupe_key IS NOT NULL AND state IN ('queued', 'running');

    CREATE FUNCTION ops.job_notify() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('assay_job', NEW.id::text);
      RETURN NULL;
    END $$;
    CREATE TRIGGER job_notify AFTER UPDATE OF state, progress, message, cancel_requested ON ops.job
      FOR EACH ROW EXECUTE FUNCTION ops.job_notify();

    CREATE TABLE ops.schedule (
      service text NOT NULL,
      name text NOT NULL,
      kind text NOT NULL,
      owner_id uuid,
      subject_id uuid,
      payload jsonb NOT NULL,
      cron text,
      tz text,
      every_ms integer,
      next_at timestamptz NOT NULL,
      last_at timestamptz,
      PRIMARY KEY (service, name)
    );
    CREATE INDEX schedule_due_idx ON ops.schedule (service, next_at);

    CREATE TABLE ops.audit (
      id uuid PRIMARY KEY,
      at timestamptz NOT NULL DEFAULT now(),
      actor_id uuid,
      action text NOT NULL,
      subject text,
      facts jsonb
    );
    CREATE INDEX audit_at_idx ON ops.audit (at);
  `,
};
