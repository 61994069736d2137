import type { RiskCheckRecord } from '@assay/contracts';
import { Decimal } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { DeploymentStore } from '../records/deployments/deployment.store';
import { LogStore } from '../records/logs/log.store';
import type { OrderIntentEntity } from '../records/orders/order-intent.entity';
import { OrderStore } from '../records/orders/order.store';
import { PositionStore } from '../records/positions/position.store';
import { buildIntent } from './build-intent';
import { reasonText } from './reason-text';
import { sendTime } from './send-time';

/** What becomes of intents that were not sent. */
@Injectable()
export class EndedIntents {
  constructor(
    private readonly orders: OrderStore,
    private readonly positions: PositionStore,
    private readonly deployments: DeploymentStore,
    private readonly logs: LogStore,
  ) {}

  /** Ends an intent that is not to be sent, with the row of the log that says why. */
  async refuse(
    em: EntityManager,
    intent: OrderIntentEntity,
    deployment: DeploymentEntity,
    verdict: { state: OrderIntentEntity['state']; code: string; checks: RiskCheckRecord[] },
    nowMs: number,
  ): Promise<void> {
    const { state, code, checks } = verdict;
    await this.orders.setIntent(em, intent.intentId, { state, reason: code, updatedAt: new Date(nowMs) });
    await this.logs.write(em, {
      deployment,
      runId: null,
      atMs: nowMs,
      signal: signalOf(intent),
      action: 'REJECTED',
      qty: intent.qty,
      price: null,
      success: false,
      reasonCode: code,
      message: `the intent to ${intent.side} ${intent.qty} ${intent.symbol} was not sent: ${reasonText(checks, code)}`,
      checks: [...checks],
    });
  }

  /** Ends what could not be sent in its time, so that a decision does not take it for an order that is on its way. */
  async expire(em: EntityManager, deployment: DeploymentEntity, nowMs: number): Promise<void> {
    const verdict = { state: 'expired' as const, code: 'intent_expired', checks: [] };
    for (const intent of await this.orders.expiredIntents(em, deployment.deploymentId, nowMs)) {
      await this.refuse(em, intent, deployment, verdict, nowMs);
    }
  }

  /**
   * The next attempt of an exit that expired, to be sent as soon as the market trades: a position that was to be left is not kept until the
   * next bar. Null where something newer was decided or nothing is left to leave; an entry that expired is not made again.
   */
  async replanExit(em: EntityManager, deployment: DeploymentEntity, nowMs: number): Promise<OrderIntentEntity | null> {
    const { deploymentId } = deployment;
    if ((await this.orders.newestExit(em, deploymentId))?.state !== 'expired') return null;
    // The row lock makes the next attempt once, whoever looks.
    await this.deployments.lock(em, deploymentId);
    const newest = await this.orders.newestExit(em, deploymentId);
    if (newest?.state !== 'expired') return null;
    const decided = await this.orders.newestIntent(em, deploymentId);
    if (decided!.createdAt > newest.createdAt) return null;
    const position = await this.positions.of(em, deploymentId);
    const held = new Decimal(position?.qty ?? 0);
    if (held.isZero() || held.isPositive() !== (newest.side === 'SELL')) return null;
    if (!(await this.isStillWanted(em, newest))) return null;
    const intent = await this.again(em, deployment, newest, Decimal.min(held.abs(), newest.qty).toFixed(), nowMs);
    await this.orders.addIntents(em, [intent]);
    return intent;
  }

  private async again(
    em: EntityManager,
    deployment: DeploymentEntity,
    expired: OrderIntentEntity,
    qty: string,
    nowMs: number,
  ): Promise<OrderIntentEntity> {
    const { deploymentId, trigger, triggerKey, side, decisionPrice } = expired;
    const signal = signalOf(expired);
    const attempt = 1 + (await this.orders.attempts(em, { deploymentId, trigger, triggerKey, leg: expired.leg }));
    const sendAfterMs = sendTime(deployment, nowMs, true);
    const logId = await this.logs.write(em, {
      deployment,
      runId: null,
      atMs: nowMs,
      signal,
      action: side,
      qty,
      price: decisionPrice,
      success: false,
      reasonCode: 'intended',
      message: `${expired.leg} ${side} ${qty} ${deployment.ticker} again, since attempt ${expired.attempt} expired; may be sent from ${new Date(sendAfterMs).toISOString()}`,
      checks: [],
    });
    const leg = { leg: expired.leg, side, qty, reducing: true, afterClose: false };
    const common = { deployment, trigger, triggerKey, leg, attempt, signal, decisionPrice, sendAfterMs, nowMs, logId };
    return buildIntent({ ...common, dependsOn: null });
  }

  /** A later bar may want the position again without making an order: it is held already. */
  private async isStillWanted(em: EntityManager, exit: OrderIntentEntity): Promise<boolean> {
    const { deploymentId, trigger } = exit;
    if (trigger === 'stop') return (await this.positions.latch(em, deploymentId)) !== null;
    if (trigger !== 'bar') return true;
    const target = await this.logs.newestTarget(em, deploymentId);
    return target === null || target === signalOf(exit);
  }
}

const signalOf = ({ signal }: Pick<OrderIntentEntity, 'signal'>): number | null =>
  signal === null ? null : Number(signal);
