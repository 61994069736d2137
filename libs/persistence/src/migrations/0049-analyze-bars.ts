import type { Migration } from './migration';

/** Only the owner of a table may analyze it, and services own none. */
export const migration: Migration = {
  name: '0049-analyze-bars',
  up: `
    CREATE FUNCTION market.analyze_bars() RETURNS void
      LANGUAGE sql SECURITY DEFINER SET search_path = ''
      AS 'ANALYZE market.bar';
  `,
};
