import type { Migration } from './migration';

export const migration: Migration = {
  name: '0046-observations',
  up: `
    CREATE TABLE market.observation_series (
      id uuid NOT NULL,
      source text NOT NULL,
      symbol text NOT NULL,
      name text NOT NULL,
      observation_count integer NOT NULL,
      first_event_time timestamptz,
      last_event_time timestamptz,
      last_available_at timestamptz,
      fingerprint text,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      corrected_at timestamptz,
      CONSTRAINT observation_series_pkey PRIMARY KEY (id),
      CONSTRAINT observation_series_key UNIQUE (source, symbol, name)
    );
    CREATE INDEX observation_series_name_idx ON market.observation_series (name);

    CREATE TABLE market.observation (
      series_id uuid NOT NULL,
      event_time timestamptz NOT NULL,
      available_at timestamptz NOT NULL,
      value double precision NOT NULL,
      CONSTRAINT observation_pkey PRIMARY KEY (series_id, event_time, available_at),
      CONSTRAINT observation_series_fkey FOREIGN KEY (series_id)
        REFERENCES market.observation_series(id) ON DELETE CASCADE
    );
  `,
  down: 'DROP TABLE market.observation, market.observation_series',
};
