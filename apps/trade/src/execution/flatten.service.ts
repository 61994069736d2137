import { refuse } from '@assay/domain';
import type { Broker, Clock } from '@assay/domain';
import { Decimal, orderPermissions } from '@assay/domain';
import { newId } from '@assay/persistence';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { BrokerRegistry } from '../adapters/broker-registry';
import { AccountEntity } from '../accounts/account.entity';
import type { DeploymentEntity } from '../deployments/deployment.entity';
import { ReplayEntity } from '../replay/replay.entity';
import { Wakes } from '../schedules/wakes';
import { FlattenRequestEntity } from './flatten-request.entity';
import { OpenOrdersService } from './open-orders.service';
import { buildIntent, nextAttempt } from './order-intents';
import { OrderIntentEntity } from './order-intent.entity';
import { PositionEntity } from './position.entity';
import { sendTime } from './send-time';
import { SymbolLock } from './symbol-lock';
import { writeLog } from './trade-log';

const OPEN_STATES = ['waiting', 'sending', 'working', 'unknown'] as const;

export interface Flattening {
  /** The close of what the ledger holds; null when it is flat. */
  intent: OrderIntentEntity | null;
  /** Intents whose fate is not known yet; what they turn out to have filled is closed as well. */
  awaits: string[];
}

/** The manual way out of a position. */
@Injectable()
export class FlattenService {
  private readonly log = new Logger(FlattenService.name);

  constructor(
    private readonly wakes: Wakes,
    private readonly lock: SymbolLock,
    private readonly brokers: BrokerRegistry,
    private readonly orders: OpenOrdersService,
  ) {}

  /** Runs `body` while no order of the account and symbol is on its way to the venue: what is held then is all there is. */
  alone<T>(deployment: DeploymentEntity, body: () => Promise<T>): Promise<T> {
    const { broker, accountId, ticker: symbol } = deployment;
    return this.lock.hold({ broker, accountId, symbol }, body);
  }

  /**
   * Takes back what may still fill and makes the intent that closes the position; the one that is open already if there is one; null when the ledger is flat.
   * What orders that could not be settled turn out to have filled is closed by `followUp`. To be called within `alone`.
   * @throws DomainError illegal_transition where the state table forbids it
   */
  async request(em: EntityManager, deployment: DeploymentEntity): Promise<Flattening> {
    const { deploymentId, accountId } = deployment;
    const account = await em.findOneByOrFail(AccountEntity, { accountId });
    const { manualFlatten, reason } = orderPermissions({ ...deployment, tradingState: account.tradingState });
    if (manualFlatten === 'no') {
      throw refuse('illegal_transition', `a deployment that is ${deployment.status} cannot be flattened`, { reason });
    }
    const open = await em.findBy(OrderIntentEntity, { deploymentId, state: In([...OPEN_STATES]) });
    const pending = await em.findOneBy(FlattenRequestEntity, { deploymentId });
    const flattening = open.find((intent) => intent.trigger === 'flatten');
    if (flattening) return { intent: flattening, awaits: pending?.awaits ?? [] };
    const clock = await clockOf(em, deploymentId);
    const at = new Date(clock.nowMs());
    await cancelWaiting(em, deploymentId, at);
    const sent = open.filter((intent) => intent.state !== 'waiting');
    await this.takeBack(em, deployment, clock, sent, () => this.brokers.open(deployment, clock, em));
    const requestId = pending?.requestId ?? newId();
    const awaits = await unsettledOf(em, sent);
    if (awaits.length > 0) {
      await em.upsert(FlattenRequestEntity, { deploymentId, requestId, awaits, requestedAt: at }, ['deploymentId']);
    }
    return { intent: await this.close(em, deployment, requestId, at), awaits };
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
    await this.wakes.send(em, deployment, new Date(Math.max(Date.now(), sendAfterMs)));
    return intent;
  }

  /** Tries again what `request` could not: takes back the orders it waits for that still rest at the venue. The caller holds the symbol's lock. */
  async takeBackAwaited(em: EntityManager, deployment: DeploymentEntity, broker: Broker, clock: Clock): Promise<void> {
    const request = await em.findOneBy(FlattenRequestEntity, { deploymentId: deployment.deploymentId });
    if (!request) return;
    const resting = await em.findBy(OrderIntentEntity, { intentId: In(request.awaits), state: 'working' });
    await this.takeBack(em, deployment, clock, resting, () => Promise.resolve(broker));
  }

  /** A venue that does not answer must not keep us from closing what we know we hold, nor one order from taking back the others. */
  private async takeBack(
    em: EntityManager,
    deployment: DeploymentEntity,
    clock: Clock,
    sent: OrderIntentEntity[],
    open: () => Promise<Broker>,
  ): Promise<void> {
    let broker: Broker | undefined;
    for (const { clientOrderId } of sent) {
      try {
        broker ??= await open();
        await this.orders.cancel(em, deployment, broker, clock, [clientOrderId]);
      } catch (error) {
        this.log.warn(
          `order ${clientOrderId} of ${deployment.deploymentId} was not taken back: ${(error as Error).message}`,
        );
      }
    }
  }
}

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
