import type { Migration } from './migration';

export const migration: Migration = {
  name: '0030-market',
  up: `
    CREATE SCHEMA IF NOT EXISTS market;
    CREATE TABLE market.series (
      id uuid NOT NULL,
      source text NOT NULL,
      symbol text NOT NULL,
      timeframe text NOT NULL,
      market text NOT NULL,
      synthetic boolean NOT NULL,
      extra_columns text[] NOT NULL,
      bar_count integer NOT NULL,
      first_open_time timestamptz,
      last_open_time timestamptz,
      fingerprint text,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      CONSTRAINT series_pkey PRIMARY KEY (id),
      CONSTRAINT series_key UNIQUE (source, symbol, timeframe)
    );
    CREATE INDEX series_symbol_idx ON market.series (symbol);

    CREATE TABLE market.bar (
      series_id uuid NOT NULL,
      open_time timestamptz NOT NULL,
      open double precision NOT NULL,
      high double precision NOT NULL,
      low double precision NOT NULL,
      close double precision NOT NULL,
      volume double precision NOT NULL,
      adj_factor double precision NOT NULL,
      extra double precision[] NOT NULL,
      CONSTRAINT bar_pkey PRIMARY KEY (series_id, open_time)
    );

    CREATE TABLE market.quality (
      id uuid NOT NULL,
      series_id uuid NOT NULL,
      fingerprint text NOT NULL,
      errors jsonb NOT NULL,
      warnings jsonb NOT NULL,
      acknowledgements jsonb NOT NULL,
      created_at timestamptz NOT NULL,
      CONSTRAINT quality_pkey PRIMARY KEY (id),
      CONSTRAINT quality_content_key UNIQUE (series_id, fingerprint),
      CONSTRAINT quality_series_fkey FOREIGN KEY (series_id) REFERENCES market.series(id) ON DELETE CASCADE
    );
  `,
};
