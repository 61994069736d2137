/** Runs, what the evaluator saw, what was decided, and everything between an intent and a fill. */
export const migration = {
  name: '0022-trade-execution',
  up: `
CREATE TABLE trade.run (
  run_id uuid NOT NULL,
  deployment_id uuid NOT NULL,
  bar_close_time timestamptz NOT NULL,
  trigger text NOT NULL,
  state text NOT NULL,
  outcome text,
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  PRIMARY KEY (run_id),
  CONSTRAINT run_state_known CHECK (state IN ('waiting_for_bars', 'done'))
);
CREATE UNIQUE INDEX run_once_per_bar ON trade.run (deployment_id, bar_close_time);

CREATE TABLE trade.evaluator_state (
  deployment_id uuid NOT NULL,
  config_hash text NOT NULL,
  artifact_sha256 text,
  bars integer NOT NULL,
  first_bar timestamptz NOT NULL,
  last_bar timestamptz NOT NULL,
  last_close float8 NOT NULL,
  signal_at_start integer NOT NULL,
  state text NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (deployment_id)
);

CREATE TABLE trade.signal_log (
  deployment_id uuid NOT NULL,
  bar_time timestamptz NOT NULL,
  strategy_revision integer NOT NULL,
  evaluated_at timestamptz NOT NULL,
  feature_names text[] NOT NULL,
  feature_values float8[] NOT NULL,
  prediction float8 NOT NULL,
  signal float8 NOT NULL,
  weight float8 NOT NULL,
  decision text NOT NULL,
  reason text,
  PRIMARY KEY (deployment_id, bar_time)
);

CREATE TABLE trade.log (
  log_id uuid NOT NULL,
  deployment_id uuid NOT NULL,
  run_id uuid,
  owner_id uuid NOT NULL,
  strategy_revision integer NOT NULL,
  "timestamp" timestamptz NOT NULL,
  signal_value numeric,
  action text NOT NULL,
  qty numeric NOT NULL,
  price numeric,
  order_id uuid,
  success boolean NOT NULL,
  reason_code text NOT NULL,
  message text NOT NULL,
  checks jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (log_id),
  CONSTRAINT log_action_known CHECK (action IN ('BUY', 'SELL', 'HOLD', 'REJECTED'))
);
CREATE INDEX log_deployment ON trade.log (deployment_id, "timestamp");

CREATE TABLE trade.order_intent (
  intent_id uuid NOT NULL,
  deployment_id uuid NOT NULL,
  account_id uuid NOT NULL,
  owner_id uuid NOT NULL,
  strategy_revision integer NOT NULL,
  broker text NOT NULL,
  symbol text NOT NULL,
  trigger text NOT NULL,
  trigger_key text NOT NULL,
  leg text NOT NULL,
  attempt integer NOT NULL,
  intent_key text NOT NULL,
  client_order_id text NOT NULL,
  side text NOT NULL,
  qty numeric NOT NULL,
  reduce_only boolean NOT NULL,
  signal numeric,
  decision_price numeric,
  log_id uuid,
  state text NOT NULL,
  reason text,
  depends_on uuid,
  send_after timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (intent_id),
  CONSTRAINT intent_qty_positive CHECK (qty > 0),
  CONSTRAINT intent_state_known CHECK (state IN ('waiting', 'sending', 'working', 'unknown', 'done', 'refused', 'expired', 'canceled'))
);
CREATE UNIQUE INDEX intent_once ON trade.order_intent (deployment_id, trigger, trigger_key, leg, attempt);
CREATE UNIQUE INDEX intent_client_order ON trade.order_intent (client_order_id);
CREATE INDEX intent_open ON trade.order_intent (deployment_id, state) WHERE state IN ('waiting', 'sending', 'working', 'unknown');
CREATE INDEX intent_account_symbol ON trade.order_intent (account_id, symbol);

CREATE TABLE trade.orders (
  order_id uuid NOT NULL,
  intent_id uuid NOT NULL,
  deployment_id uuid NOT NULL,
  account_id uuid NOT NULL,
  client_order_id text NOT NULL,
  venue_order_id text,
  symbol text NOT NULL,
  side text NOT NULL,
  order_type text NOT NULL,
  qty numeric NOT NULL,
  reduce_only boolean NOT NULL,
  state text NOT NULL,
  filled_qty numeric NOT NULL,
  average_price numeric,
  reject_code text,
  message text,
  sent_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (order_id),
  CONSTRAINT orders_intent FOREIGN KEY (intent_id) REFERENCES trade.order_intent (intent_id),
  CONSTRAINT orders_state_known CHECK (state IN ('PENDING_NEW', 'ACCEPTED', 'PARTIALLY_FILLED', 'FILLED', 'CANCELED', 'REJECTED', 'EXPIRED', 'UNKNOWN'))
);
CREATE UNIQUE INDEX orders_client_order ON trade.orders (client_order_id);
CREATE UNIQUE INDEX orders_one_per_intent ON trade.orders (intent_id);
CREATE INDEX orders_deployment ON trade.orders (deployment_id, sent_at);
CREATE INDEX orders_open ON trade.orders (account_id, symbol) WHERE state IN ('PENDING_NEW', 'ACCEPTED', 'PARTIALLY_FILLED', 'UNKNOWN');

CREATE TABLE trade.fill (
  fill_id uuid NOT NULL,
  order_id uuid NOT NULL,
  deployment_id uuid NOT NULL,
  account_id uuid NOT NULL,
  venue_fill_id text NOT NULL,
  side text NOT NULL,
  qty numeric NOT NULL,
  price numeric NOT NULL,
  fee numeric NOT NULL,
  filled_at timestamptz NOT NULL,
  PRIMARY KEY (fill_id),
  CONSTRAINT fill_order FOREIGN KEY (order_id) REFERENCES trade.orders (order_id)
);
CREATE UNIQUE INDEX fill_once ON trade.fill (account_id, venue_fill_id);
CREATE INDEX fill_deployment ON trade.fill (deployment_id, filled_at);

CREATE TABLE trade.position (
  deployment_id uuid NOT NULL,
  account_id uuid NOT NULL,
  symbol text NOT NULL,
  qty numeric NOT NULL,
  average_price numeric,
  target_signal integer,
  target_qty numeric,
  realised_pnl numeric NOT NULL,
  fees numeric NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (deployment_id)
);
CREATE INDEX position_account ON trade.position (account_id, symbol);

CREATE TABLE trade.stop_latch (
  deployment_id uuid NOT NULL,
  latched_signal integer NOT NULL,
  price numeric NOT NULL,
  loss_pct numeric NOT NULL,
  latched_at timestamptz NOT NULL,
  PRIMARY KEY (deployment_id)
);

CREATE TABLE trade.account_reservation (
  intent_id uuid NOT NULL,
  account_id uuid NOT NULL,
  symbol text NOT NULL,
  signed_notional numeric NOT NULL,
  reserved_at timestamptz NOT NULL,
  released_at timestamptz,
  PRIMARY KEY (intent_id)
);
CREATE INDEX reservation_account ON trade.account_reservation (account_id, reserved_at);

CREATE TABLE trade.account_day (
  account_id uuid NOT NULL,
  trading_day date NOT NULL,
  start_equity numeric NOT NULL,
  PRIMARY KEY (account_id, trading_day)
);
`,
};
