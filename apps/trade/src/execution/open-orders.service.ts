import type { Broker, BrokerFill, Clock } from '@assay/domain';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { DeploymentEntity } from '../deployments/deployment.entity';
import { OrderIntentEntity } from './order-intent.entity';
import { OrderEntity } from './order.entity';
import type { Learnt } from './order-outcomes';
import { OrderOutcomes } from './order-outcomes';

/** Venues date a fill by their own clock; ask for a little more than since the sending. */
const FILL_MARGIN_MS = 10 * 60_000;

/** Asks the broker about one order by its client id. @throws when it cannot know */
export async function askBroker(broker: Broker, order: OrderEntity): Promise<Learnt | 'not_found'> {
  const found = await broker.findOrder({
    clientOrderId: order.clientOrderId,
    brokerOrderId: order.venueOrderId ?? undefined,
    symbol: order.symbol,
  });
  if (found === 'not_found') return found;
  return { kind: 'order', order: found, fills: await fillsOf(broker, order) };
}

export async function fillsOf(broker: Broker, order: OrderEntity): Promise<BrokerFill[]> {
  const all = await broker.getFills(order.sentAt.getTime() - FILL_MARGIN_MS);
  return all.filter((fill) => fill.clientOrderId === order.clientOrderId);
}

@Injectable()
export class OpenOrdersService {
  constructor(private readonly outcomes: OrderOutcomes) {}

  /** Takes back entries that rest at the venue: a deployment that was stopped must not get a position afterwards. */
  async cancelEntries(em: EntityManager, deployment: DeploymentEntity, broker: Broker, clock: Clock): Promise<void> {
    const { deploymentId } = deployment;
    const entries = await em.findBy(OrderIntentEntity, { deploymentId, state: 'working', reduceOnly: false });
    const ids = entries.map((intent) => intent.clientOrderId);
    if (ids.length > 0) await this.cancel(em, deployment, broker, clock, ids);
  }

  /** Takes back own orders that lead away from the target: what is not sent yet at once, the rest at the venue, then re-read. */
  async cancel(
    em: EntityManager,
    deployment: DeploymentEntity,
    broker: Broker,
    clock: Clock,
    clientOrderIds: string[],
  ): Promise<void> {
    const intents = await em.find(OrderIntentEntity, {
      where: { deploymentId: deployment.deploymentId, clientOrderId: In(clientOrderIds) },
    });
    for (const intent of intents) {
      if (intent.state === 'waiting') {
        const set = { state: 'canceled' as const, reason: 'superseded', updatedAt: new Date(clock.nowMs()) };
        await em.update(OrderIntentEntity, { intentId: intent.intentId }, set);
        continue;
      }
      const order = await em.findOneBy(OrderEntity, { intentId: intent.intentId });
      if (!order || order.state === 'UNKNOWN' || order.state === 'PENDING_NEW') continue;
      await broker.cancelOrder({ clientOrderId: order.clientOrderId, symbol: order.symbol });
      // A cancel can race a fill: what the venue says now is what counts.
      const learnt = await askBroker(broker, order);
      if (learnt !== 'not_found') await this.outcomes.store(em, order.orderId, learnt, clock.nowMs());
    }
  }
}
