import type { Migration } from './migration';

/** The newest reports of a series, of which one with a bar a minute has thousands. */
export const migration: Migration = {
  name: '0048-quality-newest',
  up: 'CREATE INDEX quality_newest_idx ON market.quality (series_id, created_at);',
  down: 'DROP INDEX market.quality_newest_idx',
};
