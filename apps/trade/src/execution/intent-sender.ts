import type { Venue, Clock, OrderRequest, PlaceOutcome } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { Transactions } from '@assay/persistence';
import { Decimal } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DataSource } from 'typeorm';
import type { HeldLock } from '../database/symbol-lock';
import { SymbolLock } from '../database/symbol-lock';
import type { AccountEntity } from '../records/accounts/account.entity';
import { AccountStore } from '../records/accounts/account.store';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { DeploymentStore } from '../records/deployments/deployment.store';
import type { OrderIntentEntity } from '../records/orders/order-intent.entity';
import type { OrderEntity } from '../records/orders/order.entity';
import { OrderStore } from '../records/orders/order.store';
import { PositionStore } from '../records/positions/position.store';
import type { RunContext } from '../risk-gate/run-context';
import type { VenueFacts } from '../risk-gate/venue-facts';
import { EndedIntents } from './ended-intents';
import { fillsOf } from './open-orders.service';
import type { Learnt } from './order-outcomes';
import { OrderOutcomes } from './order-outcomes';
import type { SendVerdict } from './send-check';
import { SendCheck } from './send-check';
import { SendFence } from './send-fence';
import { SymbolFreeze } from './symbol-freeze';
import { VenueReader } from './venue-reader';

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
    private readonly ended: EndedIntents,
    private readonly freeze: SymbolFreeze,
    private readonly orders: OrderStore,
    private readonly positions: PositionStore,
    private readonly deployments: DeploymentStore,
    private readonly accounts: AccountStore,
  ) {}

  /** The deployment's due intents, a close leg before the open leg that waits for it; exits that have expired are made anew. Returns how many were sent. */
  async sendDue(deployment: DeploymentEntity, broker: Venue, clock: Clock): Promise<number> {
    const sent = await this.sendEach(deployment, broker, clock);
    const again = await this.tx.run((em) => this.ended.replanExit(em, deployment, clock.nowMs()));
    return again === null ? sent : sent + (await this.sendEach(deployment, broker, clock));
  }

  private async sendEach(deployment: DeploymentEntity, broker: Venue, clock: Clock): Promise<number> {
    let sent = 0;
    const em = this.dataSource.manager;
    for (const intentId of await this.orders.dueIntents(em, deployment.deploymentId, clock.nowMs())) {
      if (await this.send(intentId, deployment, broker, clock)) sent += 1;
    }
    return sent;
  }

  private async send(intentId: string, deployment: DeploymentEntity, broker: Venue, clock: Clock): Promise<boolean> {
    const { accountId, ticker: symbol } = deployment;
    return this.lock.hold({ broker: deployment.broker, accountId, symbol }, `sends ${intentId}`, async (held) => {
      const venue = await this.venues.read(broker, deployment);
      held.check();
      const order = await this.tx.run((em) => this.prepare(em, intentId, deployment, venue, clock));
      if (!order) return false;
      return this.dispatch(order, broker, clock, held);
    });
  }

  /**
   * Sends an order that is recorded as PENDING_NEW and stores what became of it; false where another sender has it. The caller holds the
   * symbol's lock; once that is lost nothing more is sent or stored here, and whoever holds it then finds out what became of the order.
   */
  async dispatch(order: OrderEntity, broker: Venue, clock: Clock, held: HeldLock): Promise<boolean> {
    const { orderId, accountId, clientOrderId, symbol } = order;
    held.check();
    const right = await this.fence.take(order);
    if (!right) {
      this.log.warn(`order ${clientOrderId} is not sent: it was taken over or settled since`);
      return false;
    }
    held.check();
    right.check();
    const outcome = await broker.placeOrder(requestOf(order, broker));
    held.check();
    const learnt = await learn(broker, order, outcome);
    held.check();
    await this.tx.run(async (em) => {
      await this.outcomes.store(em, { orderId, sendToken: right.token }, learnt, clock.nowMs());
      if (learnt.kind === 'unknown') await this.freeze.settle(em, accountId, symbol);
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
    broker: Venue,
    clock: Clock,
    held: HeldLock,
  ): Promise<void> {
    const venue = await this.venues.read(broker, known);
    held.check();
    const qty = await this.tx.run(async (em) => {
      const { orderId, intentId } = order;
      const { context, account, intent } = await this.lockFor(em, intentId, known, venue, clock);
      const verdict = await this.check.judge(em, context, intent, account);
      if (!verdict.send) {
        await this.outcomes.store(em, order, { kind: 'never_sent', cause: verdict.code }, clock.nowMs());
        await this.ended.refuse(em, intent, context.deployment, verdict, clock.nowMs());
        return null;
      }
      if (verdict.qty !== order.qty) {
        await this.orders.setIntent(em, intentId, { qty: verdict.qty });
        await this.orders.setOrder(em, orderId, { qty: verdict.qty });
      }
      return verdict.qty;
    });
    if (qty !== null) await this.dispatch({ ...order, qty }, broker, clock, held);
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
    const { context, account, intent } = await this.lockFor(em, intentId, known, venue, clock);
    const { deployment } = context;
    if (intent.state !== 'waiting') return null;
    const waitsFor = await this.closeLegOf(em, intent);
    if (waitsFor === 'open') return null;
    const verdict: SendVerdict =
      waitsFor === 'failed'
        ? { send: false as const, state: 'canceled' as const, code: 'close_not_filled', checks: [] }
        : await this.check.judge(em, context, intent, account);
    if (!verdict.send) {
      await this.ended.refuse(em, intent, deployment, verdict, nowMs);
      return null;
    }
    const order: OrderEntity = {
      orderId: newId(),
      intentId,
      deploymentId: deployment.deploymentId,
      accountId: deployment.accountId,
      clientOrderId: intent.clientOrderId,
      venueOrderId: null,
      symbol: intent.symbol,
      side: intent.side,
      orderType: intent.limitPrice === null ? 'MARKET' : 'LIMIT',
      limitPrice: intent.limitPrice,
      qty: verdict.qty,
      reduceOnly: intent.reduceOnly && (await this.reducesAtVenue(em, intent, verdict.qty)),
      state: 'PENDING_NEW',
      filledQty: '0',
      averagePrice: null,
      rejectCode: null,
      message: null,
      sendToken: 0,
      sendStartedAt: null,
      sentAt: new Date(nowMs),
      updatedAt: new Date(nowMs),
    };
    await this.orders.addOrder(em, order);
    await this.orders.setIntent(em, intentId, { state: 'sending', qty: verdict.qty, updatedAt: new Date(nowMs) });
    return order;
  }

  /**
   * Deployment, account, intent, in this order everywhere: a stop, a pause or a run waits until the order is recorded, or is seen by the
   * judge; and what other deployments of the account reserve is counted one after the other.
   */
  private async lockFor(
    em: EntityManager,
    intentId: string,
    { deploymentId, accountId, market }: DeploymentEntity,
    venue: VenueFacts,
    clock: Clock,
  ): Promise<{ context: RunContext; account: AccountEntity; intent: OrderIntentEntity }> {
    const deployment = await this.deployments.lockShared(em, deploymentId);
    const account = await this.accounts.lock(em, accountId);
    const intent = await this.orders.lockIntent(em, intentId);
    return { context: { deployment, calendar: calendarFor(market), clock, venue }, account, intent };
  }

  /**
   * Whether the order also reduces what the account holds as a whole: an exit of one deployment can add to a net position that another one
   * is on the other side of, and the venue would refuse it as reduce-only.
   */
  private async reducesAtVenue(em: EntityManager, intent: OrderIntentEntity, qty: string): Promise<boolean> {
    const net = new Decimal(await this.positions.sumOf(em, intent.accountId, intent.symbol));
    const after = intent.side === 'BUY' ? net.plus(qty) : net.minus(qty);
    return after.abs().lt(net.abs()) && !after.times(net).isNegative();
  }

  private async closeLegOf(em: EntityManager, intent: OrderIntentEntity): Promise<'filled' | 'open' | 'failed'> {
    if (!intent.dependsOn) return 'filled';
    const close = await this.orders.intent(em, intent.dependsOn);
    if (close.state === 'done') return 'filled';
    return ['refused', 'expired', 'canceled'].includes(close.state) ? 'failed' : 'open';
  }
}

/** The message that an order's row is sent as, the same whoever sends it. A limit does not rest where the venue can take it at once or never. */
function requestOf(order: OrderEntity, { capabilities }: Pick<Venue, 'capabilities'>): OrderRequest {
  const { clientOrderId, symbol, side, qty, reduceOnly, limitPrice } = order;
  const common = { clientOrderId, symbol, side, qty, reduceOnly };
  if (limitPrice === null) return { ...common, type: 'MARKET' };
  const tif = capabilities.timesInForce.includes('IOC') ? 'IOC' : 'DAY';
  return { ...common, type: 'LIMIT', price: limitPrice, tif };
}

async function learn(broker: Venue, order: OrderEntity, outcome: PlaceOutcome): Promise<Learnt> {
  if (outcome.kind === 'rejected') return outcome;
  if (outcome.kind === 'unknown') return { kind: 'unknown', cause: outcome.cause };
  const isFilled = new Decimal(outcome.order.filledQty).gt(0);
  return { kind: 'order', order: outcome.order, fills: isFilled ? await fillsOf(broker, order) : [] };
}
