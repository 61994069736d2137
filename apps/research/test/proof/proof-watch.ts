import type { Client } from 'pg';

/** Everything that makes a revision pass for validated or promoted, and what is told of it, as one line each. */
const CLAIMS = `
  SELECT format('revision %s of %s is %s under %s', revision, strategy_id, status, validated_under) AS claim
  FROM research.strategy_revision WHERE status IN ('validated', 'promoted') OR validated_under <> '[]'
    OR jsonb_path_exists(coalesce(gates, '{}'), '$.*.passed ? (@ == true)')
  UNION ALL SELECT format('%s has promoted revision %s', id, promoted_revision)
  FROM research.strategy WHERE promoted_revision IS NOT NULL
  UNION ALL SELECT format('history says that revision %s of %s was promoted', revision, strategy_id)
  FROM research.promotion_history WHERE action = 'promoted'
  UNION ALL SELECT format('evidence %s is of revision %s of %s', id, revision, strategy_id) FROM research.evidence
  UNION ALL SELECT format('event %s says %s of %s', id, type, aggregate_id) FROM research.outbox WHERE type = 'strategy.promoted'`;

export async function claimsOf(sql: Client): Promise<Set<string>> {
  const { rows } = await sql.query<{ claim: string }>(CLAIMS);
  return new Set(rows.map(({ claim }) => claim));
}
