/** Strategy JSON documents and results as the trade service keeps them, with the evidence that came with a promotion. */
export const migration = {
  name: '0020-bt',
  up: `
CREATE SCHEMA IF NOT EXISTS bt;
CREATE TABLE bt.strategy (
  strategy_id uuid NOT NULL,
  revision integer NOT NULL,
  owner_id uuid NOT NULL,
  name text NOT NULL,
  ticker text NOT NULL,
  kind text NOT NULL,
  conjunction text,
  trading_period integer NOT NULL,
  timeframe text NOT NULL,
  config_json jsonb NOT NULL,
  config_hash text NOT NULL,
  warnings jsonb NOT NULL,
  origin text NOT NULL,
  artifact_sha256 text,
  is_current boolean NOT NULL,
  active boolean NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (strategy_id, revision),
  CONSTRAINT strategy_origin_known CHECK (origin IN ('api', 'research'))
);
CREATE UNIQUE INDEX strategy_one_current ON bt.strategy (strategy_id) WHERE is_current;
CREATE INDEX strategy_owner ON bt.strategy (owner_id, created_at);

CREATE TABLE bt.strategy_symbol (
  strategy_id uuid NOT NULL,
  revision integer NOT NULL,
  symbol text NOT NULL,
  document jsonb NOT NULL,
  document_hash text NOT NULL,
  uri text NOT NULL,
  sha256 text NOT NULL,
  PRIMARY KEY (strategy_id, revision, symbol)
);

CREATE TABLE bt.evidence (
  evidence_id uuid NOT NULL,
  strategy_id uuid NOT NULL,
  revision integer NOT NULL,
  owner_id uuid NOT NULL,
  policy text NOT NULL,
  paper_only boolean NOT NULL,
  config_hash text NOT NULL,
  artifact_sha256 text,
  evidence jsonb NOT NULL,
  received_at timestamptz NOT NULL,
  demoted_at timestamptz,
  demote_reason text,
  PRIMARY KEY (evidence_id)
);
CREATE INDEX evidence_strategy ON bt.evidence (strategy_id, revision);

CREATE TABLE bt.result (
  result_id uuid NOT NULL,
  strategy_id uuid NOT NULL,
  revision integer NOT NULL,
  owner_id uuid NOT NULL,
  run_at timestamptz NOT NULL,
  data_start date NOT NULL,
  data_end date NOT NULL,
  ticker text NOT NULL,
  fee_bps numeric NOT NULL,
  metrics_json jsonb NOT NULL,
  buy_hold_metrics_json jsonb,
  walk_forward_json jsonb,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (result_id)
);
CREATE INDEX result_strategy ON bt.result (strategy_id, run_at);
`,
};
