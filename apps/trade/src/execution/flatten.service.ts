import type { Broker, Clock } from '@assay/domain';
import { orderPermissions } from '@assay/domain';
import { Transactions } from '@assay/persistence';
import { Decimal, newId, refuse } from '@assay/primitives';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { BrokerRegistry } from '../adapters/broker-registry';
import { AccountEntity } from '../records/accounts/account.entity';
import { LockLostError } from '../database/lock-session';
import { DeploymentEntity } from '../records/deployments/deployment.entity';
import { ReplayEntity } from '../records/deployments/replay.entity';
import { RunScheduler } from '../schedules/run-scheduler';
import { FlattenRequestEntity } from '../records/orders/flatten-request.entity';
import { OpenOrdersService } from './open-orders.service';
import { buildIntent, nextAttempt } from './order-intents';
import { OrderIntentEntity } from '../records/orders/order-intent.entity';
import { OrderEntity } from '../records/orders/order.entity';
import { PositionEntity } from '../records/positions/position.entity';
import { sendTime } from './send-time';
import type { HeldLock } from '../database/symbol-lock';
import { LOCK_WAIT_MS, LockBusyError, SymbolLock } from '../database/symbol-lock';
import { writeLog } from './trade-log';

/** A person waits for the answer; what the venue does not answer in this time is taken back by the worker. */
const REQUEST_DEADLINE_MS = 5_000;
const OPEN_STATES = ['waiting', 'sending', 'working', 'unknown'] as const;

export interface Flattening {
  /** The close of what the ledger holds; null when it is flat. */
  intent: OrderIntentEntity | null;
  /** Intents whose fate is not known yet; what they turn out to have filled is closed as well. */
  awaits: string[];
}

/** A flatten between its two transactions: in between, orders that rest at the venue are taken back. */
interface Begun {
  requestId: string;
  /** Orders at the venue, or on their way to it, when it was asked for. */
  sent: OrderIntentEntity[];
  /** The close that is open already, if there is one. */
  known: OrderIntentEntity | null;
}

/** The manual way out of a position. */
@Injectable()
export class FlattenService {
  private readonly log = new Logger(FlattenService.name);

  constructor(
    private readonly tx: Transactions,
    private readonly scheduler: RunScheduler,
    private readonly lock: SymbolLock,
    private readonly brokers: BrokerRegistry,
    private readonly orders: OpenOrdersService,
  ) {}

  /**
   * Takes back what may still fill and makes the intent that closes the position; the one that is open already if there is one; none when
   * the ledger is flat. What orders that could not be settled turn out to have filled is closed by `followUp`, which also ends what a crash
   * in between leaves. Meanwhile no order of the account and symbol is on its way to the venue: what is held then is all there is.
   *
   * `lockRow` locks the deployment and may change it; `answer` is given its row as it is at the end.
   * @throws DomainError illegal_transition where the state table forbids it, unavailable when the symbol's orders are busy
   */
  async flatten<T>(
    known: DeploymentEntity,
    lockRow: (em: EntityManager) => Promise<DeploymentEntity>,
    answer: (em: EntityManager, row: DeploymentEntity, flattening: Flattening) => Promise<T>,
  ): Promise<T> {
    const { broker, accountId, ticker: symbol, deploymentId } = known;
    const body = async (held: HeldLock): Promise<T> => {
      const begun = await this.tx.run(async (em) => this.begin(em, await lockRow(em)));
      if (!begun.known) await this.takeBack(known, begun.sent, held);
      held.check();
      return this.tx.run(async (em) => {
        const lock = { mode: 'pessimistic_write' as const };
        const row = await em.findOneOrFail(DeploymentEntity, { where: { deploymentId }, lock });
        return answer(em, row, await this.finish(em, row, begun));
      });
    };
    try {
      return await this.lock.hold({ broker, accountId, symbol }, 'flattens', body, LOCK_WAIT_MS.request);
    } catch (error) {
      if (!(error instanceof LockBusyError || error instanceof LockLostError)) throw error;
      const why = error instanceof LockBusyError ? `are held by ${error.heldBy}` : 'went on elsewhere';
      throw refuse('unavailable', `orders of ${symbol} on account ${accountId} ${why}: flatten again in a moment`, {
        symbol,
        account_id: accountId,
        held_by: error instanceof LockBusyError ? error.heldBy : null,
        in_flight: await this.inFlight(known),
      });
    }
  }

  private async begin(em: EntityManager, deployment: DeploymentEntity): Promise<Begun> {
    const { deploymentId, accountId } = deployment;
    const account = await em.findOneByOrFail(AccountEntity, { accountId });
    const { manualFlatten, reason } = orderPermissions({ ...deployment, tradingState: account.tradingState });
    if (manualFlatten === 'no') {
      throw refuse('illegal_transition', `a deployment that is ${deployment.status} cannot be flattened`, { reason });
    }
    const open = await em.findBy(OrderIntentEntity, { deploymentId, state: In([...OPEN_STATES]) });
    const pending = await em.findOneBy(FlattenRequestEntity, { deploymentId });
    const requestId = pending?.requestId ?? newId();
    const known = open.find((intent) => intent.trigger === 'flatten') ?? null;
    if (known) return { requestId, sent: [], known };
    const at = new Date((await clockOf(em, deploymentId)).nowMs());
    await cancelWaiting(em, deploymentId, at);
    const sent = open.filter((intent) => intent.state !== 'waiting');
    await keepRequest(em, { deploymentId, requestId, awaits: sent.map(({ intentId }) => intentId), requestedAt: at });
    return { requestId, sent, known };
  }

  private async finish(em: EntityManager, deployment: DeploymentEntity, begun: Begun): Promise<Flattening> {
    const { deploymentId } = deployment;
    const { requestId, known } = begun;
    if (known) {
      const pending = await em.findOneBy(FlattenRequestEntity, { deploymentId });
      return { intent: known, awaits: pending?.awaits ?? [] };
    }
    const at = new Date((await clockOf(em, deploymentId)).nowMs());
    const awaits = await unsettledOf(em, begun.sent);
    if (awaits.length > 0) await keepRequest(em, { deploymentId, requestId, awaits, requestedAt: at });
    else await em.delete(FlattenRequestEntity, { deploymentId });
    return { intent: await this.close(em, deployment, requestId, at), awaits };
  }

  /** What is on its way to the venue while somebody else holds the symbol. */
  private async inFlight({ accountId, ticker: symbol }: DeploymentEntity): Promise<object[]> {
    const where = { accountId, symbol, state: In(['PENDING_NEW', 'UNKNOWN']) };
    const rows = await this.tx.run((em) => em.find(OrderEntity, { where, order: { sentAt: 'ASC' }, take: 5 }));
    return rows.map((row) => ({
      client_order_id: row.clientOrderId,
      state: row.state,
      sending_since: row.sendStartedAt?.toISOString() ?? null,
    }));
  }

  /**
   * Closes what orders of unknown fate turned out to have filled after the flatten was asked for. Does nothing while one of them, or a close of
   * the same flatten, is not settled. The caller holds the symbol's lock; the intent and the end of the request are one transaction.
   */
  async followUp(em: EntityManager, deployment: DeploymentEntity, clock: Clock): Promise<OrderIntentEntity | null> {
    const { deploymentId } = deployment;
    const lock = { mode: 'pessimistic_write' as const };
    const request = await em.findOne(FlattenRequestEntity, { where: { deploymentId }, lock });
    if (!request) return null;
    const { requestId, awaits } = request;
    const open = await em.findBy(OrderIntentEntity, { deploymentId, state: In([...OPEN_STATES]) });
    if (open.some((intent) => awaits.includes(intent.intentId) || intent.trigger === 'flatten')) return null;
    await em.delete(FlattenRequestEntity, { deploymentId });
    const position = await em.findOneBy(PositionEntity, { deploymentId });
    if (new Decimal(position?.qty ?? 0).isZero()) return null;
    this.log.warn(
      `deployment ${deploymentId} holds ${position!.qty} of an order settled after its flatten: closed too`,
    );
    const at = new Date(clock.nowMs());
    await cancelWaiting(em, deploymentId, at);
    return this.close(em, deployment, requestId, at);
  }

  /** The intent that closes what the ledger holds; null when it is flat. */
  private async close(
    em: EntityManager,
    deployment: DeploymentEntity,
    requestId: string,
    at: Date,
  ): Promise<OrderIntentEntity | null> {
    const { deploymentId } = deployment;
    await em.update(PositionEntity, { deploymentId }, { targetSignal: 0, targetQty: '0' });
    const position = await em.findOneBy(PositionEntity, { deploymentId });
    const held = new Decimal(position?.qty ?? 0);
    if (held.isZero()) return null;
    const side = held.isPositive() ? ('SELL' as const) : ('BUY' as const);
    const qty = held.abs().toFixed();
    const sendAfterMs = sendTime(deployment, at.getTime(), true);
    const logId = await writeLog(em, {
      deployment,
      runId: null,
      atMs: at.getTime(),
      signal: 0,
      action: side,
      qty,
      price: null,
      success: false,
      reasonCode: 'intended',
      message: `flatten ${side} ${qty} ${deployment.ticker}; may be sent from ${new Date(sendAfterMs).toISOString()}`,
      checks: [],
    });
    const intent = buildIntent(em, {
      deployment,
      trigger: 'flatten',
      triggerKey: requestId,
      leg: { leg: 'close', side, qty, reducing: true, afterClose: false },
      attempt: await nextAttempt(em, deploymentId, 'flatten', requestId, 'close'),
      signal: 0,
      decisionPrice: null,
      sendAfterMs,
      nowMs: at.getTime(),
      dependsOn: null,
      logId,
    });
    await em.insert(OrderIntentEntity, intent);
    await endReplayAt(em, deployment, sendAfterMs);
    await this.scheduler.send(em, deployment, new Date(Math.max(Date.now(), sendAfterMs)));
    return intent;
  }

  /** Tries again what `flatten` could not: takes back the orders it waits for that still rest at the venue. The caller holds the symbol's lock. */
  async takeBackAwaited(deployment: DeploymentEntity, broker: Broker, clock: Clock, held: HeldLock): Promise<void> {
    const { deploymentId } = deployment;
    const resting = await this.tx.run(async (em) => {
      const request = await em.findOneBy(FlattenRequestEntity, { deploymentId });
      return request ? em.findBy(OrderIntentEntity, { intentId: In(request.awaits), state: 'working' }) : [];
    });
    await this.takeBackEach(deployment, broker, clock, resting, held);
  }

  private async takeBack(deployment: DeploymentEntity, sent: OrderIntentEntity[], held: HeldLock): Promise<void> {
    if (sent.length === 0) return;
    const { deploymentId } = deployment;
    const clock = await this.tx.run((em) => clockOf(em, deploymentId));
    try {
      const broker = await this.brokers.open(deployment, clock, REQUEST_DEADLINE_MS);
      await this.takeBackEach(deployment, broker, clock, sent, held);
    } catch (error) {
      held.check();
      this.log.warn(`orders of ${deploymentId} are taken back later: ${(error as Error).message}`);
    }
  }

  /** A venue that does not answer must not keep us from closing what we know we hold, nor one order from taking back the others. */
  private async takeBackEach(
    deployment: DeploymentEntity,
    broker: Broker,
    clock: Clock,
    sent: OrderIntentEntity[],
    held: HeldLock,
  ): Promise<void> {
    for (const { clientOrderId } of sent) {
      held.check();
      try {
        await this.orders.takeBack(deployment, broker, clock, clientOrderId, held);
      } catch (error) {
        this.log.warn(
          `order ${clientOrderId} of ${deployment.deploymentId} was not taken back: ${(error as Error).message}`,
        );
      }
    }
  }
}

const keepRequest = (em: EntityManager, row: FlattenRequestEntity): Promise<unknown> =>
  em.upsert(FlattenRequestEntity, row, ['deploymentId']);

async function cancelWaiting(em: EntityManager, deploymentId: string, updatedAt: Date): Promise<void> {
  const set = { state: 'canceled' as const, reason: 'flatten', updatedAt };
  await em.update(OrderIntentEntity, { deploymentId, state: 'waiting' }, set);
}

/** Those of the intents that are still open now. */
async function unsettledOf(em: EntityManager, intents: OrderIntentEntity[]): Promise<string[]> {
  const ids = intents.map((intent) => intent.intentId);
  const open = await em.findBy(OrderIntentEntity, { intentId: In(ids), state: In([...OPEN_STATES]) });
  return open.map((intent) => intent.intentId);
}

/** A replay that is over, or was stopped, has no session ahead that would bring its clock to the sending: the clock goes there now. */
async function endReplayAt(em: EntityManager, { deploymentId, status }: DeploymentEntity, atMs: number): Promise<void> {
  await em.query(
    `UPDATE trade.replay SET clock_at = greatest(clock_at, $2)
     WHERE deployment_id = $1 AND ($3 OR state IN ('completed', 'failed'))`,
    [deploymentId, new Date(atMs), status === 'stopped'],
  );
}

/** A replay lives in its own time; everything else in ours. */
export async function clockOf(em: EntityManager, deploymentId: string): Promise<Clock> {
  const replay = await em.findOneBy(ReplayEntity, { deploymentId });
  const frozenAt = replay?.clockAt?.getTime();
  return { nowMs: () => frozenAt ?? Date.now() };
}
