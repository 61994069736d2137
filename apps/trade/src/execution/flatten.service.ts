import { refuse } from '@assay/domain';
import type { Clock } from '@assay/domain';
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
import { sendTime } from './decision.service';
import { OpenOrdersService } from './open-orders.service';
import { buildIntent } from './order-intents';
import { OrderIntentEntity } from './order-intent.entity';
import { PositionEntity } from './position.entity';
import { SymbolLock } from './symbol-lock';
import { writeLog } from './trade-log';

const OPEN_STATES = ['waiting', 'sending', 'working', 'unknown'] as const;

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
   * To be called within `alone`.
   * @throws DomainError illegal_transition where the state table forbids it
   */
  async request(em: EntityManager, deployment: DeploymentEntity): Promise<OrderIntentEntity | null> {
    const { deploymentId, accountId } = deployment;
    const account = await em.findOneByOrFail(AccountEntity, { accountId });
    const { manualFlatten, reason } = orderPermissions({ ...deployment, tradingState: account.tradingState });
    if (manualFlatten === 'no') {
      throw refuse('illegal_transition', `a deployment that is ${deployment.status} cannot be flattened`, { reason });
    }
    const open = await em.findBy(OrderIntentEntity, { deploymentId, state: In([...OPEN_STATES]) });
    const flattening = open.find((intent) => intent.trigger === 'flatten');
    if (flattening) return flattening;
    const clock = await clockOf(em, deploymentId);
    const at = new Date(clock.nowMs());
    await em.update(
      OrderIntentEntity,
      { deploymentId, state: 'waiting' },
      { state: 'canceled', reason: 'flatten', updatedAt: at },
    );
    const sent = open.filter((intent) => intent.state !== 'waiting');
    if (sent.length > 0) await this.takeBack(em, deployment, clock, sent);
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
      triggerKey: newId(),
      leg: { leg: 'close', side, qty, reducing: true, afterClose: false },
      attempt: 1,
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

  /** A venue that does not answer must not keep us from closing what we know we hold. */
  private async takeBack(
    em: EntityManager,
    deployment: DeploymentEntity,
    clock: Clock,
    sent: OrderIntentEntity[],
  ): Promise<void> {
    const ids = sent.map((intent) => intent.clientOrderId);
    try {
      await this.orders.cancel(em, deployment, await this.brokers.open(deployment, clock), clock, ids);
    } catch (error) {
      this.log.warn(`orders of ${deployment.deploymentId} were not taken back: ${(error as Error).message}`);
    }
  }
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
