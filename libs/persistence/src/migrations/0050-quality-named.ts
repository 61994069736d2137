import type { Migration } from './migration';

/**
 * Whether a validation or the evidence of a promotion rests on a quality report, which must stay then. Asked by every service that stores
 * reports; research alone may read what they rest on.
 */
export const migration: Migration = {
  name: '0050-quality-named',
  up: `
    CREATE INDEX strategy_revision_quality_idx ON research.strategy_revision ((gate_facts #>> '{quality,id}'));
    CREATE INDEX evidence_quality_idx ON research.evidence ((facts #>> '{quality,id}'));
    CREATE FUNCTION market.is_named_quality(report uuid) RETURNS boolean
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
      AS $$
        SELECT EXISTS (SELECT FROM research.strategy_revision WHERE gate_facts #>> '{quality,id}' = report::text)
            OR EXISTS (SELECT FROM research.evidence WHERE facts #>> '{quality,id}' = report::text)
      $$;
  `,
  down: `
    DROP FUNCTION market.is_named_quality(uuid);
    DROP INDEX research.evidence_quality_idx;
    DROP INDEX research.strategy_revision_quality_idx;
  `,
};
