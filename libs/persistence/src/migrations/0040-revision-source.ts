import type { Migration } from './migration';

/**
 * The source that a revision states is kept with it, so that another source makes another revision. A strategy whose source was
 * changed under a revision that is pinned elsewhere gets back the one that everything of it was computed from.
 */
export const migration: Migration = {
  name: '0040-revision-source',
  up: `
    ALTER TABLE research.strategy_revision ADD COLUMN source text;
    UPDATE research.strategy s SET source = r.history_anchor ->> 'source'
      FROM research.strategy_revision r
      WHERE r.strategy_id = s.id AND r.revision = s.revision AND s.source IS NOT NULL AND r.history_anchor IS NOT NULL;
    UPDATE research.strategy_revision r SET source = coalesce(r.history_anchor ->> 'source', s.source)
      FROM research.strategy s WHERE s.id = r.strategy_id AND s.source IS NOT NULL;
  `,
};
