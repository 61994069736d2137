import { setTimeout } from 'node:timers/promises';
import type { Venue, Clock } from '@assay/domain';
import { Transactions } from '@assay/persistence';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { FlattenStore } from '../records/orders/flatten.store';
import { FlattenService } from './flatten.service';
import { IntentSender } from './intent-sender';
import { askBroker, OpenOrdersService } from './open-orders.service';
import type { OrderEntity } from '../records/orders/order.entity';
import { OPEN_ORDERS, OrderStore } from '../records/orders/order.store';
import { SymbolFreeze } from './symbol-freeze';
import type { Learnt, UnderRight } from './order-outcomes';
import { OrderOutcomes } from './order-outcomes';
import { isProvenNeverTaken, waitUntilMs } from './never-taken';
import { SendFence } from './send-fence';
import type { HeldLock } from '../database/symbol-lock';
import { SymbolLock } from '../database/symbol-lock';

/** Finds out what became of open orders: after a crash, after a lost answer, and while an order rests. */
@Injectable()
export class RecoveryService {
  private readonly log = new Logger(RecoveryService.name);

  constructor(
    private readonly tx: Transactions,
    private readonly lock: SymbolLock,
    private readonly fence: SendFence,
    private readonly outcomes: OrderOutcomes,
    private readonly sender: IntentSender,
    private readonly orders: OpenOrdersService,
    private readonly flattening: FlattenService,
    private readonly flattens: FlattenStore,
    private readonly store: OrderStore,
    private readonly freeze: SymbolFreeze,
  ) {}

  /**
   * Looks every open order up by its client id. One that the venue proves never to have had is judged again and, if it still
   * stands, sent with the same id; one that cannot be known stays UNKNOWN and freezes the symbol. A flatten that waited for them takes
   * back what still rests and closes what they left behind.
   */
  async recover(em: EntityManager, deployment: DeploymentEntity, broker: Venue, clock: Clock): Promise<void> {
    const { deploymentId, accountId, ticker: symbol } = deployment;
    const open = await this.store.unsettledOrders(em, deploymentId);
    const flattens = (await this.flattens.of(em, deploymentId)) !== null;
    if (open.length === 0 && deployment.sync !== 'frozen' && !flattens) return;
    await this.lock.hold({ broker: deployment.broker, accountId, symbol }, 'settles open orders', async (held) => {
      for (const { orderId } of open) await this.settle(orderId, deployment, broker, clock, held);
      if (deployment.status === 'stopped') await this.orders.takeBackEntries(deployment, broker, clock, held);
      if (flattens) await this.flattening.takeBackAwaited(deployment, broker, clock, held);
      held.check();
      await this.tx.run(async (inner) => {
        if (flattens) await this.flattening.followUp(inner, deployment, clock);
        await this.freeze.settle(inner, accountId, symbol);
      });
    });
  }

  private async settle(
    orderId: string,
    deployment: DeploymentEntity,
    broker: Venue,
    clock: Clock,
    held: HeldLock,
  ): Promise<void> {
    // Re-read under the lock: whoever held it before may have settled the order.
    const order = await this.tx.run((em) => this.store.order(em, orderId));
    if (!OPEN_ORDERS.some((state) => state === order.state)) return;
    const store = async (learnt: Learnt, under: UnderRight = order): Promise<void> => {
      held.check();
      await this.tx.run((em) => this.outcomes.store(em, under, learnt, clock.nowMs()));
    };
    const found = await this.look(broker, order);
    if (found.kind !== 'not_found') {
      // A venue that does not answer says nothing new of an order that rests there.
      if (found.kind === 'order' || order.state === 'PENDING_NEW') await store(found);
      return;
    }
    if (order.venueOrderId !== null) {
      return store({ kind: 'unknown', cause: 'the venue took it and does not know it any more: look it up there' });
    }
    // Nobody can begin to send it from here on; once who had begun has had the time to, not found means something.
    held.check();
    const right = await this.fence.takeOver(orderId);
    if (!right) return;
    const { token: sendToken, sinceMs } = right;
    const untilMs = sinceMs === null ? 0 : waitUntilMs(broker, sinceMs);
    if (sinceMs !== null && sinceMs < untilMs) {
      await setTimeout(untilMs - sinceMs, undefined, { signal: held.signal });
    }
    const again = await this.look(broker, order);
    if (again.kind !== 'not_found') return store(again, { orderId, sendToken });
    if (isProvenNeverTaken(broker, sinceMs === null ? null : Math.max(sinceMs, untilMs))) {
      this.log.warn(`order ${order.clientOrderId} of ${deployment.deploymentId} never reached the venue`);
      held.check();
      return this.sender.resend({ ...order, sendToken }, deployment, broker, clock, held);
    }
    const cause = 'not found, and the venue may still take the request';
    await store({ kind: 'unknown', cause }, { orderId, sendToken });
  }

  private async look(broker: Venue, order: OrderEntity): Promise<Learnt | { kind: 'not_found' }> {
    try {
      const learnt = await askBroker(broker, order);
      return learnt === 'not_found' ? { kind: learnt } : learnt;
    } catch (error) {
      this.log.warn(`order ${order.clientOrderId} could not be looked up: ${(error as Error).message}`);
      return { kind: 'unknown', cause: (error as Error).message };
    }
  }
}
