import type { Migration } from './migration';

export const migration: Migration = {
  name: '0047-news',
  up: `
    CREATE TABLE market.news (
      id text NOT NULL,
      source text NOT NULL,
      symbols text[] NOT NULL,
      headline text NOT NULL,
      summary text,
      url text,
      published_at timestamptz NOT NULL,
      available_at timestamptz NOT NULL,
      created_at timestamptz NOT NULL,
      CONSTRAINT news_pkey PRIMARY KEY (id),
      CONSTRAINT news_available_check CHECK (available_at >= published_at)
    );
    CREATE INDEX news_published_idx ON market.news (published_at, id);
    CREATE INDEX news_symbols_idx ON market.news USING gin (symbols);
  `,
  down: 'DROP TABLE market.news',
};
