import type { Migration } from './migration';

export const migration: Migration = {
  name: '0011-research-runs',
  up: `
    CREATE TABLE research.backtest (
      id uuid NOT NULL,
      owner_id uuid NOT NULL,
      strategy_id uuid NOT NULL,
      revision integer NOT NULL,
      config_hash text NOT NULL,
      engine text NOT NULL,
      request jsonb NOT NULL,
      status text NOT NULL,
      job_id uuid,
      metrics jsonb,
      buy_hold_metrics jsonb,
      reasons jsonb,
      warnings jsonb NOT NULL,
      trades jsonb,
      series_uri text,
      artifact jsonb,
      data jsonb,
      error jsonb,
      version integer NOT NULL,
      created_at timestamptz NOT NULL,
      started_at timestamptz,
      finished_at timestamptz,
      CONSTRAINT backtest_pkey PRIMARY KEY (id),
      CONSTRAINT backtest_strategy_fkey FOREIGN KEY (strategy_id) REFERENCES research.strategy(id)
    );
    CREATE INDEX backtest_owner_idx ON research.backtest (owner_id, id);
    CREATE INDEX backtest_strategy_idx ON research.backtest (strategy_id, revision, created_at);

    CREATE TABLE research.validation (
      id uuid NOT NULL,
      owner_id uuid NOT NULL,
      strategy_id uuid NOT NULL,
      revision integer NOT NULL,
      config_hash text NOT NULL,
      kind text NOT NULL,
      request jsonb NOT NULL,
      status text NOT NULL,
      job_id uuid,
      result jsonb,
      evidence_uri text,
      artifact jsonb,
      data jsonb,
      gates jsonb,
      error jsonb,
      created_at timestamptz NOT NULL,
      finished_at timestamptz,
      CONSTRAINT validation_pkey PRIMARY KEY (id),
      CONSTRAINT validation_strategy_fkey FOREIGN KEY (strategy_id) REFERENCES research.strategy(id)
    );
    CREATE INDEX validation_strategy_idx ON research.validation (strategy_id, revision, kind, created_at);

    CREATE TABLE research.trial (
      id uuid NOT NULL,
      owner_id uuid NOT NULL,
      lineage_id uuid NOT NULL,
      strategy_id uuid NOT NULL,
      config_hash text NOT NULL,
      origin text NOT NULL,
      source text NOT NULL,
      symbol text NOT NULL,
      timeframe text NOT NULL,
      data_fingerprint text NOT NULL,
      params jsonb NOT NULL,
      metrics jsonb NOT NULL,
      observations integer NOT NULL,
      sharpe_per_bar double precision,
      series bytea NOT NULL,
      job_id uuid,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      CONSTRAINT trial_lineage_hash_key UNIQUE (owner_id, lineage_id, config_hash),
      CONSTRAINT trial_pkey PRIMARY KEY (id)
    );
    CREATE INDEX trial_data_idx ON research.trial (owner_id, symbol, timeframe);
  `,
};
