import type { Outbox } from '@assay/persistence';
import type { EntityManager } from 'typeorm';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';

/** Tells the world what became of a deployment. */
export async function publishChange(
  em: EntityManager,
  outbox: Outbox,
  type: 'deployment.started' | 'deployment.stopped' | 'deployment.paused',
  row: DeploymentEntity,
  reason: string | null,
): Promise<void> {
  await outbox.publish(em, {
    type,
    aggregateId: row.deploymentId,
    data: {
      deployment_id: row.deploymentId,
      strategy_id: row.strategyId,
      owner_id: row.ownerId,
      paper: row.paper,
      reason,
    },
  });
}
