import type { Migration } from './migration';

/** Splits and dividends of a symbol as a source knows it; the factors of its bars follow from them. */
export const migration: Migration = {
  name: '0044-corporate-actions',
  up: `
    CREATE TABLE market.corporate_action (
      id uuid NOT NULL,
      source text NOT NULL,
      symbol text NOT NULL,
      ex_date date NOT NULL,
      kind text NOT NULL,
      value double precision NOT NULL,
      available_at timestamptz,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      CONSTRAINT corporate_action_pkey PRIMARY KEY (id),
      CONSTRAINT corporate_action_key UNIQUE (source, symbol, ex_date, kind)
    );
  `,
};
