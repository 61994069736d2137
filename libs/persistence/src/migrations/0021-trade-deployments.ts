/** Accounts, deployments, replays, live confirmation and the trade password. */
export const migration = {
  name: '0021-trade-deployments',
  up: `
CREATE SCHEMA IF NOT EXISTS trade;
CREATE TABLE trade.account (
  account_id uuid NOT NULL,
  owner_id uuid NOT NULL,
  name text NOT NULL,
  broker text NOT NULL,
  paper boolean NOT NULL,
  purpose text NOT NULL,
  currency text NOT NULL,
  can_short boolean NOT NULL,
  trading_state text NOT NULL,
  trading_state_reason text,
  limits jsonb NOT NULL,
  peak_equity numeric,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (account_id),
  CONSTRAINT account_trading_state_known CHECK (trading_state IN ('ACTIVE', 'REDUCING', 'HALTED')),
  CONSTRAINT account_purpose_known CHECK (purpose IN ('trading', 'replay'))
);
CREATE INDEX account_owner ON trade.account (owner_id, broker, paper);

CREATE TABLE trade.deployment (
  deployment_id uuid NOT NULL,
  strategy_id uuid NOT NULL,
  strategy_revision integer NOT NULL,
  config_hash text NOT NULL,
  artifact_sha256 text,
  evidence_id uuid,
  owner_id uuid NOT NULL,
  portfolio text,
  user_label text,
  broker text NOT NULL,
  ticker text NOT NULL,
  data_symbol text NOT NULL,
  data_source text,
  adjustment text NOT NULL,
  first_bar timestamptz,
  timeframe text NOT NULL,
  qty numeric,
  capital numeric,
  paper boolean NOT NULL,
  market text NOT NULL,
  schedule jsonb NOT NULL,
  status text NOT NULL,
  enabled boolean NOT NULL,
  sync text NOT NULL,
  sync_reason text,
  risk_limits jsonb NOT NULL,
  account_id uuid NOT NULL,
  join_rule text NOT NULL,
  joined boolean NOT NULL,
  rebalance_band numeric NOT NULL,
  warnings jsonb NOT NULL,
  document jsonb NOT NULL,
  next_run_at timestamptz,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (deployment_id),
  CONSTRAINT deployment_status_known CHECK (status IN ('created', 'active', 'paused', 'stopped')),
  CONSTRAINT deployment_sync_known CHECK (sync IN ('in_sync', 'drifted', 'frozen')),
  CONSTRAINT deployment_sized CHECK (qty IS NOT NULL OR capital IS NOT NULL)
);
CREATE INDEX deployment_owner ON trade.deployment (owner_id, created_at);
CREATE INDEX deployment_strategy ON trade.deployment (strategy_id);
CREATE INDEX deployment_account ON trade.deployment (account_id);
CREATE INDEX deployment_due ON trade.deployment (next_run_at) WHERE status IN ('active', 'paused');

CREATE TABLE trade.replay (
  deployment_id uuid NOT NULL,
  state text NOT NULL,
  start_date date NOT NULL,
  end_date date NOT NULL,
  sessions_total integer NOT NULL,
  sessions_done integer NOT NULL,
  clock_at timestamptz,
  error jsonb,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (deployment_id),
  CONSTRAINT replay_state_known CHECK (state IN ('pending', 'running', 'completed', 'failed'))
);

CREATE TABLE trade.confirmation (
  confirmation_id uuid NOT NULL,
  deployment_id uuid NOT NULL,
  owner_id uuid NOT NULL,
  challenge_sha256 text NOT NULL,
  purpose text NOT NULL,
  requested jsonb NOT NULL,
  attempts integer NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  confirmed_at timestamptz,
  PRIMARY KEY (confirmation_id)
);
CREATE INDEX confirmation_deployment ON trade.confirmation (deployment_id, created_at);

CREATE TABLE trade.dry_run (
  dry_run_id uuid NOT NULL,
  deployment_id uuid NOT NULL,
  passed boolean NOT NULL,
  report jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (dry_run_id)
);
CREATE INDEX dry_run_deployment ON trade.dry_run (deployment_id, created_at);

CREATE TABLE trade.trade_password (
  owner_id uuid NOT NULL,
  password_hash text NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (owner_id)
);
`,
};
