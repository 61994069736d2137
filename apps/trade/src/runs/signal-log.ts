import type { EntityManager } from 'typeorm';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import type { Feed } from './bar-feed';

/** Exact text of a double for PostgreSQL, the sign of zero included. */
const float8 = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

/** Writes what the evaluator said about each bar that was taken now, every bit of it. */
export async function logSignals(
  em: EntityManager,
  deployment: DeploymentEntity,
  feed: Feed,
  nowMs: number,
): Promise<void> {
  for (const { decision } of feed.fed) {
    await em.query(
      `INSERT INTO trade.signal_log (deployment_id, bar_time, strategy_revision, evaluated_at, feature_names, feature_values,
         prediction, signal, weight, decision, reason)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        deployment.deploymentId,
        new Date(decision.openTimeMs),
        deployment.strategyRevision,
        new Date(nowMs),
        [...feed.featureNames],
        Array.from(decision.features, float8),
        float8(decision.prediction),
        float8(decision.signal),
        float8(decision.weight),
        decision.decision,
        decision.reason,
      ],
    );
  }
}
