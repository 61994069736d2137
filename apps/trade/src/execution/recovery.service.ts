import type { Broker, Clock } from '@assay/domain';
import { Transactions } from '@assay/persistence';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { DeploymentEntity } from '../deployments/deployment.entity';
import { FlattenRequestEntity } from './flatten-request.entity';
import { FlattenService } from './flatten.service';
import { setFrozen } from './freeze';
import { IntentSender } from './intent-sender';
import { askBroker, OpenOrdersService } from './open-orders.service';
import { OrderEntity } from './order.entity';
import { OrderOutcomes } from './order-outcomes';
import { SymbolLock } from './symbol-lock';

/** Orders whose fate may have changed without us. */
const OPEN: OrderEntity['state'][] = ['PENDING_NEW', 'ACCEPTED', 'PARTIALLY_FILLED', 'UNKNOWN'];

/** Finds out what became of open orders: after a crash, after a lost answer, and while an order rests. */
@Injectable()
export class RecoveryService {
  private readonly log = new Logger(RecoveryService.name);

  constructor(
    private readonly tx: Transactions,
    private readonly lock: SymbolLock,
    private readonly outcomes: OrderOutcomes,
    private readonly sender: IntentSender,
    private readonly orders: OpenOrdersService,
    private readonly flattening: FlattenService,
  ) {}

  /**
   * Looks every open order up by its client id. One that the venue proves never to have had is judged again and, if it still
   * stands, sent with the same id; one that cannot be known stays UNKNOWN and freezes the symbol. A flatten that waited for them takes
   * back what still rests and closes what they left behind.
   */
  async recover(em: EntityManager, deployment: DeploymentEntity, broker: Broker, clock: Clock): Promise<void> {
    const { deploymentId, accountId, ticker: symbol } = deployment;
    const open = await em.find(OrderEntity, { where: { deploymentId, state: In(OPEN) }, order: { sentAt: 'ASC' } });
    const flattens = await em.existsBy(FlattenRequestEntity, { deploymentId });
    if (open.length === 0 && deployment.sync !== 'frozen' && !flattens) return;
    await this.lock.hold({ broker: deployment.broker, accountId, symbol }, async () => {
      for (const { orderId } of open) await this.settle(orderId, deployment, broker, clock);
      if (deployment.status === 'stopped') {
        await this.tx.run((inner) => this.orders.cancelEntries(inner, deployment, broker, clock));
      }
      if (flattens) {
        await this.tx.run((inner) => this.flattening.takeBackAwaited(inner, deployment, broker, clock));
        await this.tx.run((inner) => this.flattening.followUp(inner, deployment, clock));
      }
      await this.tx.run((inner) => setFrozen(inner, accountId, symbol));
    });
  }

  private async settle(orderId: string, deployment: DeploymentEntity, broker: Broker, clock: Clock): Promise<void> {
    // Re-read under the lock: whoever held it before may have settled the order.
    const order = await this.tx.run((em) => em.findOneByOrFail(OrderEntity, { orderId }));
    if (!OPEN.includes(order.state)) return;
    let learnt: Awaited<ReturnType<typeof askBroker>>;
    try {
      learnt = await askBroker(broker, order);
    } catch (error) {
      this.log.warn(`order ${order.clientOrderId} could not be looked up: ${(error as Error).message}`);
      if (order.state !== 'PENDING_NEW') return;
      await this.tx.run((em) =>
        this.outcomes.store(em, orderId, { kind: 'unknown', cause: (error as Error).message }, clock.nowMs()),
      );
      return;
    }
    if (learnt !== 'not_found') {
      const known = learnt;
      await this.tx.run((em) => this.outcomes.store(em, orderId, known, clock.nowMs()));
      return;
    }
    if (provenNeverTaken(broker, order, clock.nowMs())) {
      this.log.warn(`order ${order.clientOrderId} of ${deployment.deploymentId} never reached the venue`);
      await this.sender.resend(order, deployment, broker, clock);
      return;
    }
    const cause = 'not found, and the venue may still take the request';
    await this.tx.run((em) => this.outcomes.store(em, orderId, { kind: 'unknown', cause }, clock.nowMs()));
  }
}

/** Not found counts as never taken only where the venue names a validity window, and that window is over. */
export function provenNeverTaken(broker: Broker, order: Pick<OrderEntity, 'sentAt'>, nowMs: number): boolean {
  const { requestValidityMs, clientIdScope } = broker.capabilities;
  return requestValidityMs !== null && clientIdScope !== 'none' && nowMs >= order.sentAt.getTime() + requestValidityMs;
}
