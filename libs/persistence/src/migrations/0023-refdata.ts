/** Reference data: broker symbols, instrument rules and dated currency rates. */
export const migration = {
  name: '0023-refdata',
  up: `
CREATE SCHEMA IF NOT EXISTS refdata;
CREATE TABLE refdata.ticker_mapping (
  ticker_mapping_id uuid NOT NULL,
  data_ticker text NOT NULL,
  broker text NOT NULL,
  broker_ticker text NOT NULL,
  market text NOT NULL,
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (ticker_mapping_id)
);
CREATE UNIQUE INDEX ticker_mapping_once ON refdata.ticker_mapping (data_ticker, broker, market);
CREATE INDEX ticker_mapping_broker ON refdata.ticker_mapping (broker, broker_ticker);

CREATE TABLE refdata.fx_rate (
  currency text NOT NULL,
  as_of date NOT NULL,
  usd_per_unit numeric NOT NULL,
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (currency, as_of),
  CONSTRAINT fx_rate_positive CHECK (usd_per_unit > 0)
);

CREATE TABLE refdata.instrument (
  broker text NOT NULL,
  symbol text NOT NULL,
  market text NOT NULL,
  currency text NOT NULL,
  lot numeric NOT NULL,
  tick numeric NOT NULL,
  min_qty numeric NOT NULL,
  min_notional numeric NOT NULL,
  shortable boolean NOT NULL,
  updated_by uuid NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (broker, symbol),
  CONSTRAINT instrument_lot_positive CHECK (lot > 0)
);
`,
};
