import type { Venue, BrokerFill, Clock } from '@assay/domain';
import { Transactions } from '@assay/persistence';
import { MINUTE_MS } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { HeldLock } from '../database/symbol-lock';
import { SymbolLock } from '../database/symbol-lock';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import type { OrderEntity } from '../records/orders/order.entity';
import { OrderStore } from '../records/orders/order.store';
import type { Learnt } from './order-outcomes';
import { OrderOutcomes } from './order-outcomes';

/** Venues date a fill by their own clock; ask for a little more than since the sending. */
const FILL_MARGIN_MS = 10 * MINUTE_MS;

/** Asks the broker about one order by its client id. @throws when it cannot know */
export async function askBroker(broker: Venue, order: OrderEntity): Promise<Learnt | 'not_found'> {
  const found = await broker.findOrder({
    clientOrderId: order.clientOrderId,
    brokerOrderId: order.venueOrderId ?? undefined,
    symbol: order.symbol,
  });
  if (found === 'not_found') return found;
  return { kind: 'order', order: found, fills: await fillsOf(broker, order) };
}

export async function fillsOf(broker: Venue, order: OrderEntity): Promise<BrokerFill[]> {
  const all = await broker.getFills(order.sentAt.getTime() - FILL_MARGIN_MS);
  return all.filter((fill) => fill.clientOrderId === order.clientOrderId);
}

/** Thrown out of a decision's transaction, which is then made anew: these orders have to be taken back at the venue before. */
export class TakeBackFirst extends Error {
  override readonly name = 'TakeBackFirst';

  constructor(readonly clientOrderIds: string[]) {
    super(`orders ${clientOrderIds.join(', ')} have to be taken back first`);
  }
}

@Injectable()
export class OpenOrdersService {
  constructor(
    private readonly tx: Transactions,
    private readonly lock: SymbolLock,
    private readonly outcomes: OrderOutcomes,
    private readonly orders: OrderStore,
  ) {}

  /**
   * Makes a decision; where orders at the venue stand in its way, they are taken back and it is made once more. `decide` opens its own
   * transaction and looks at everything anew.
   */
  async clearFor<T>(
    deployment: DeploymentEntity,
    broker: Venue,
    clock: Clock,
    decide: (tookBack: boolean) => Promise<T>,
  ): Promise<T> {
    try {
      return await decide(false);
    } catch (error) {
      if (!(error instanceof TakeBackFirst)) throw error;
      const { accountId, ticker: symbol } = deployment;
      await this.lock.hold({ broker: deployment.broker, accountId, symbol }, 'takes back orders', async (held) => {
        for (const id of error.clientOrderIds) await this.takeBack(deployment, broker, clock, id, held);
      });
      return decide(true);
    }
  }

  /** Takes back entries that rest at the venue: a deployment that was stopped must not get a position afterwards. */
  async takeBackEntries(deployment: DeploymentEntity, broker: Venue, clock: Clock, held: HeldLock): Promise<void> {
    const { deploymentId } = deployment;
    const entries = await this.tx.run((em) => this.orders.workingEntries(em, deploymentId));
    for (const { clientOrderId } of entries) await this.takeBack(deployment, broker, clock, clientOrderId, held);
  }

  /** Cancels those of own orders that are not sent yet, and gives those that rest at the venue. */
  async cancelUnsent(
    em: EntityManager,
    { deploymentId }: DeploymentEntity,
    clock: Clock,
    clientOrderIds: string[],
  ): Promise<string[]> {
    await this.orders.cancelWaiting(em, deploymentId, 'superseded', new Date(clock.nowMs()), { clientOrderIds });
    const resting = await this.orders.restingAmong(em, deploymentId, clientOrderIds);
    return resting.map((order) => order.clientOrderId);
  }

  /**
   * Takes one own order back: what is not sent yet at once, what rests at the venue there. One whose fate is not known stays as it is.
   * The caller holds the symbol's lock.
   */
  async takeBack(
    deployment: DeploymentEntity,
    broker: Venue,
    clock: Clock,
    clientOrderId: string,
    held: HeldLock,
  ): Promise<void> {
    const order = await this.tx.run(async (em) => {
      const [resting] = await this.cancelUnsent(em, deployment, clock, [clientOrderId]);
      return resting === undefined ? null : this.orders.orderByClientId(em, clientOrderId);
    });
    if (!order) return;
    held.check();
    await broker.cancelOrder({ clientOrderId, symbol: order.symbol });
    // A cancel can race a fill: what the venue says now is what counts.
    const learnt = await askBroker(broker, order);
    held.check();
    if (learnt !== 'not_found') await this.tx.run((em) => this.outcomes.store(em, order, learnt, clock.nowMs()));
  }
}
