import type { EntityManager } from 'typeorm';
import { DeploymentEntity } from '../records/deployments/deployment.entity';
import { OrderEntity } from '../records/orders/order.entity';

/** An UNKNOWN order blocks its account and symbol; the last one resolved lifts that. */
export async function setFrozen(em: EntityManager, accountId: string, symbol: string): Promise<void> {
  const unknown = await em.existsBy(OrderEntity, { accountId, symbol, state: 'UNKNOWN' });
  const now = new Date();
  if (unknown) {
    await em.update(
      DeploymentEntity,
      { accountId, ticker: symbol },
      { sync: 'frozen', syncReason: 'an order is UNKNOWN', updatedAt: now },
    );
  } else {
    await em.update(
      DeploymentEntity,
      { accountId, ticker: symbol, sync: 'frozen' },
      { sync: 'in_sync', syncReason: null, updatedAt: now },
    );
  }
}
