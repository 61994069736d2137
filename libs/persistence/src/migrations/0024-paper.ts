/** The paper venue's own book: what a real venue would know, and a count of every send that reached it. */
export const migration = {
  name: '0024-paper',
  up: `
CREATE SCHEMA IF NOT EXISTS paper;
CREATE TABLE paper.account (
  account_id uuid NOT NULL,
  currency text NOT NULL,
  initial_cash numeric NOT NULL,
  cash numeric NOT NULL,
  fee_bps numeric NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (account_id)
);

CREATE TABLE paper."order" (
  paper_order_id uuid NOT NULL,
  account_id uuid NOT NULL,
  client_order_id text NOT NULL,
  symbol text NOT NULL,
  side text NOT NULL,
  order_type text NOT NULL,
  qty numeric NOT NULL,
  limit_price numeric,
  reduce_only boolean NOT NULL,
  state text NOT NULL,
  filled_qty numeric NOT NULL,
  average_price numeric,
  reject_code text,
  message text,
  accepted_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (paper_order_id)
);
CREATE UNIQUE INDEX paper_order_client ON paper."order" (account_id, client_order_id);
CREATE INDEX paper_order_open ON paper."order" (account_id) WHERE state IN ('ACCEPTED', 'PARTIALLY_FILLED');

CREATE TABLE paper.fill (
  fill_id uuid NOT NULL,
  paper_order_id uuid NOT NULL,
  account_id uuid NOT NULL,
  qty numeric NOT NULL,
  price numeric NOT NULL,
  fee numeric NOT NULL,
  filled_at timestamptz NOT NULL,
  PRIMARY KEY (fill_id)
);
CREATE INDEX paper_fill_account ON paper.fill (account_id, filled_at);

CREATE TABLE paper.position (
  account_id uuid NOT NULL,
  symbol text NOT NULL,
  qty numeric NOT NULL,
  average_price numeric,
  PRIMARY KEY (account_id, symbol)
);

CREATE TABLE paper.send_call (
  send_call_id uuid NOT NULL,
  account_id uuid NOT NULL,
  client_order_id text NOT NULL,
  called_at timestamptz NOT NULL,
  outcome text NOT NULL,
  PRIMARY KEY (send_call_id)
);
CREATE INDEX send_call_client ON paper.send_call (account_id, client_order_id);
`,
};
