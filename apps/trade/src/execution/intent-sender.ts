import type { Broker, Clock, PlaceOutcome } from '@assay/domain';
import { Transactions } from '@assay/persistence';
import type { AppConfig } from '@assay/platform';
import { CONFIG } from '@assay/platform';
import { Decimal, newId } from '@assay/primitives';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DataSource } from 'typeorm';
import { AccountEntity } from '../records/accounts/account.entity';
import type { VenueFacts } from '../risk-gate/venue-facts';
import { VenueReader } from './venue-reader';
import { DeploymentEntity } from '../records/deployments/deployment.entity';
import { dieAt, hasFault } from '../faults';
import { refuseIntent, replanExit } from './ended-intents';
import { setFrozen } from './freeze';
import { OrderIntentEntity } from '../records/orders/order-intent.entity';
import { OrderEntity } from '../records/orders/order.entity';
import type { Learnt } from './order-outcomes';
import { OrderOutcomes } from './order-outcomes';
import { fillsOf } from './open-orders.service';
import { PositionEntity } from '../records/positions/position.entity';
import type { SendVerdict } from './send-check';
import { SendCheck } from './send-check';
import { SendFence } from './send-fence';
import type { HeldLock } from '../database/symbol-lock';
import { SymbolLock } from '../database/symbol-lock';

/** Sends intents whose time has come. The intent and its order row are committed before the broker hears of them. */
@Injectable()
export class IntentSender {
  private readonly log = new Logger(IntentSender.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly tx: Transactions,
    private readonly lock: SymbolLock,
    private readonly fence: SendFence,
    private readonly venues: VenueReader,
    private readonly check: SendCheck,
    private readonly outcomes: OrderOutcomes,
    @Inject(CONFIG) private readonly config: AppConfig,
  ) {}

  /** The deployment's due intents, a close leg before the open leg that waits for it; exits that have expired are made anew. Returns how many were sent. */
  async sendDue(deployment: DeploymentEntity, broker: Broker, clock: Clock): Promise<number> {
    const sent = await this.sendEach(deployment, broker, clock);
    const again = await this.tx.run((em) => replanExit(em, deployment, clock.nowMs()));
    return again === null ? sent : sent + (await this.sendEach(deployment, broker, clock));
  }

  private async sendEach(deployment: DeploymentEntity, broker: Broker, clock: Clock): Promise<number> {
    let sent = 0;
    for (const intentId of await dueIntents(this.dataSource, deployment.deploymentId, clock.nowMs())) {
      if (await this.send(intentId, deployment, broker, clock)) sent += 1;
    }
    return sent;
  }

  private async send(intentId: string, deployment: DeploymentEntity, broker: Broker, clock: Clock): Promise<boolean> {
    const { accountId, ticker: symbol } = deployment;
    return this.lock.hold({ broker: deployment.broker, accountId, symbol }, `sends ${intentId}`, async (held) => {
      if (hasFault(this.config, 'send_before_intent')) await this.sendUnrecorded(intentId, broker);
      const venue = await this.venues.read(broker, deployment);
      held.check();
      const order = await this.tx.run((em) => this.prepare(em, intentId, deployment, venue, clock));
      if (!order) return false;
      dieAt(this.config, 'kill:after_intent');
      return this.dispatch(order, broker, clock, held);
    });
  }

  /**
   * Sends an order that is recorded as PENDING_NEW and stores what became of it; false where another sender has it. The caller holds the
   * symbol's lock; once that is lost nothing more is sent or stored here, and whoever holds it then finds out what became of the order.
   */
  async dispatch(order: OrderEntity, broker: Broker, clock: Clock, held: HeldLock): Promise<boolean> {
    const { orderId, accountId, clientOrderId, symbol, side, qty, reduceOnly } = order;
    held.check();
    const right = await this.fence.take(order);
    if (!right) {
      this.log.warn(`order ${clientOrderId} is not sent: it was taken over or settled since`);
      return false;
    }
    held.check();
    right.check();
    const outcome = await broker.placeOrder({ clientOrderId, symbol, side, qty, reduceOnly, type: 'MARKET' });
    dieAt(this.config, 'kill:after_send');
    held.check();
    const learnt = await learn(broker, order, outcome);
    held.check();
    await this.tx.run(async (em) => {
      await this.outcomes.store(em, { orderId, sendToken: right.token }, learnt, clock.nowMs());
      if (learnt.kind === 'unknown') await setFrozen(em, accountId, symbol);
    });
    return true;
  }

  /**
   * Sends an order with its old client id that the venue proves never to have had. It was decided when it was recorded; whether it would
   * be sent now is asked anew, and one that would not is given up. The caller holds the symbol's lock and the newest right to the order.
   */
  async resend(
    order: OrderEntity,
    known: DeploymentEntity,
    broker: Broker,
    clock: Clock,
    held: HeldLock,
  ): Promise<void> {
    const venue = await this.venues.read(broker, known);
    held.check();
    const qty = await this.tx.run(async (em) => {
      const { orderId, intentId } = order;
      const { deployment, account, intent } = await lockFor(em, intentId, known);
      const verdict = await this.check.judge(em, intent, deployment, venue, clock, account);
      if (!verdict.send) {
        await this.outcomes.store(em, order, { kind: 'never_sent', cause: verdict.code }, clock.nowMs());
        await refuseIntent(em, intent, deployment, verdict, clock.nowMs());
        return null;
      }
      if (verdict.qty !== order.qty) {
        await em.update(OrderIntentEntity, { intentId }, { qty: verdict.qty });
        await em.update(OrderEntity, { orderId }, { qty: verdict.qty });
      }
      return verdict.qty;
    });
    if (qty !== null) await this.dispatch({ ...order, qty }, broker, clock, held);
  }

  /** Only for the test that proves why the record comes first. */
  private async sendUnrecorded(intentId: string, broker: Broker): Promise<void> {
    const intent = await this.dataSource.manager.findOneByOrFail(OrderIntentEntity, { intentId });
    const { clientOrderId, symbol, side, qty, reduceOnly } = intent;
    await broker.placeOrder({ clientOrderId, symbol, side, qty, reduceOnly, type: 'MARKET' });
    dieAt(this.config, 'kill:after_send');
  }

  /** Judges the intent again and, if it stands, records its order. Null when there is nothing to send. */
  private async prepare(
    em: EntityManager,
    intentId: string,
    known: DeploymentEntity,
    venue: VenueFacts,
    clock: Clock,
  ): Promise<OrderEntity | null> {
    const nowMs = clock.nowMs();
    const { deployment, account, intent } = await lockFor(em, intentId, known);
    if (intent.state !== 'waiting') return null;
    const waitsFor = await closeLegOf(em, intent);
    if (waitsFor === 'open') return null;
    const verdict: SendVerdict =
      waitsFor === 'failed'
        ? { send: false as const, state: 'canceled' as const, code: 'close_not_filled', checks: [] }
        : await this.check.judge(em, intent, deployment, venue, clock, account);
    if (!verdict.send) {
      await refuseIntent(em, intent, deployment, verdict, nowMs);
      return null;
    }
    const order = em.create(OrderEntity, {
      orderId: newId(),
      intentId,
      deploymentId: deployment.deploymentId,
      accountId: deployment.accountId,
      clientOrderId: intent.clientOrderId,
      venueOrderId: null,
      symbol: intent.symbol,
      side: intent.side,
      orderType: 'MARKET',
      qty: verdict.qty,
      reduceOnly: intent.reduceOnly && (await reducesAtVenue(em, intent, verdict.qty)),
      state: 'PENDING_NEW',
      filledQty: '0',
      averagePrice: null,
      rejectCode: null,
      message: null,
      sendToken: 0,
      sendStartedAt: null,
      sentAt: new Date(nowMs),
      updatedAt: new Date(nowMs),
    });
    await em.insert(OrderEntity, order);
    await em.update(
      OrderIntentEntity,
      { intentId },
      { state: 'sending', qty: verdict.qty, updatedAt: new Date(nowMs) },
    );
    return order;
  }
}

/**
 * Deployment, account, intent, in this order everywhere: a stop, a pause or a run waits until the order is recorded, or is seen by the
 * judge; and what other deployments of the account reserve is counted one after the other.
 */
async function lockFor(
  em: EntityManager,
  intentId: string,
  { deploymentId, accountId }: DeploymentEntity,
): Promise<{ deployment: DeploymentEntity; account: AccountEntity; intent: OrderIntentEntity }> {
  const deployment = await em.findOneOrFail(DeploymentEntity, {
    where: { deploymentId },
    lock: { mode: 'pessimistic_read' },
  });
  const write = { mode: 'pessimistic_write' } as const;
  const account = await em.findOneOrFail(AccountEntity, { where: { accountId }, lock: write });
  const intent = await em.findOneOrFail(OrderIntentEntity, { where: { intentId }, lock: write });
  return { deployment, account, intent };
}

/**
 * Whether the order also reduces what the account holds as a whole: an exit of one deployment can add to a net position that another one
 * is on the other side of, and the venue would refuse it as reduce-only.
 */
async function reducesAtVenue(em: EntityManager, intent: OrderIntentEntity, qty: string): Promise<boolean> {
  const { accountId, symbol } = intent;
  const held = await em.findBy(PositionEntity, { accountId, symbol });
  const net = held.reduce((sum, position) => sum.plus(position.qty), new Decimal(0));
  const after = intent.side === 'BUY' ? net.plus(qty) : net.minus(qty);
  return after.abs().lt(net.abs()) && !after.times(net).isNegative();
}

async function learn(broker: Broker, order: OrderEntity, outcome: PlaceOutcome): Promise<Learnt> {
  if (outcome.kind === 'rejected') return outcome;
  if (outcome.kind === 'unknown') return { kind: 'unknown', cause: outcome.cause };
  const isFilled = new Decimal(outcome.order.filledQty).gt(0);
  return { kind: 'order', order: outcome.order, fills: isFilled ? await fillsOf(broker, order) : [] };
}

async function dueIntents(em: DataSource, deploymentId: string, nowMs: number): Promise<string[]> {
  const rows = (await em.query(
    `SELECT intent_id FROM trade.order_intent WHERE deployment_id = $1 AND state = 'waiting' AND send_after <= $2
     ORDER BY created_at, depends_on NULLS FIRST, intent_id`,
    [deploymentId, new Date(nowMs)],
  )) as { intent_id: string }[];
  return rows.map((row) => row.intent_id);
}

async function closeLegOf(em: EntityManager, intent: OrderIntentEntity): Promise<'filled' | 'open' | 'failed'> {
  if (!intent.dependsOn) return 'filled';
  const close = await em.findOneByOrFail(OrderIntentEntity, { intentId: intent.dependsOn });
  if (close.state === 'done') return 'filled';
  return ['refused', 'expired', 'canceled'].includes(close.state) ? 'failed' : 'open';
}
