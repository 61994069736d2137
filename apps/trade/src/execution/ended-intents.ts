import { Decimal } from '@assay/primitives';
import type { EntityManager } from 'typeorm';
import { LessThan } from 'typeorm';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { buildIntent, nextAttempt } from './order-intents';
import { OrderIntentEntity } from '../records/orders/order-intent.entity';
import { PositionEntity } from '../records/positions/position.entity';
import { sendTime } from './send-time';
import { StopLatchEntity } from '../records/positions/stop-latch.entity';
import { failureMessage, writeLog } from './trade-log';

/** Ends an intent that is not to be sent, with the row of the log that says why. */
export async function refuseIntent(
  em: EntityManager,
  intent: OrderIntentEntity,
  deployment: DeploymentEntity,
  verdict: { state: OrderIntentEntity['state']; code: string; checks: Parameters<typeof failureMessage>[0] },
  nowMs: number,
): Promise<void> {
  const { intentId } = intent;
  const { state, code } = verdict;
  await em.update(OrderIntentEntity, { intentId }, { state, reason: code, updatedAt: new Date(nowMs) });
  await writeLog(em, {
    deployment,
    runId: null,
    atMs: nowMs,
    signal: intent.signal === null ? null : Number(intent.signal),
    action: 'REJECTED',
    qty: intent.qty,
    price: null,
    success: false,
    reasonCode: code,
    message: `the intent to ${intent.side} ${intent.qty} ${intent.symbol} was not sent: ${failureMessage(verdict.checks, code)}`,
    checks: [...verdict.checks],
  });
}

/** Ends what could not be sent in its time, so that a decision does not take it for an order that is on its way. */
export async function expireIntents(em: EntityManager, deployment: DeploymentEntity, nowMs: number): Promise<void> {
  const { deploymentId } = deployment;
  const where = { deploymentId, state: 'waiting' as const, expiresAt: LessThan(new Date(nowMs)) };
  const verdict = { state: 'expired' as const, code: 'intent_expired', checks: [] };
  for (const intent of await em.findBy(OrderIntentEntity, where)) {
    await refuseIntent(em, intent, deployment, verdict, nowMs);
  }
}

/**
 * The next attempt of an exit that expired, to be sent as soon as the market trades: a position that was to be left is not kept until the
 * next bar. Null where something newer was decided or nothing is left to leave; an entry that expired is not made again.
 */
export async function replanExit(
  em: EntityManager,
  deployment: DeploymentEntity,
  nowMs: number,
): Promise<OrderIntentEntity | null> {
  const { deploymentId } = deployment;
  if ((await newestExit(em, deploymentId))?.state !== 'expired') return null;
  // The row lock makes the next attempt once, whoever looks.
  await em.query('SELECT 1 FROM trade.deployment WHERE deployment_id = $1 FOR UPDATE', [deploymentId]);
  const newest = await newestExit(em, deploymentId);
  if (newest?.state !== 'expired') return null;
  const [decided] = await em.find(OrderIntentEntity, {
    where: { deploymentId },
    order: { createdAt: 'DESC' },
    take: 1,
  });
  if (decided!.createdAt > newest.createdAt) return null;
  const position = await em.findOneBy(PositionEntity, { deploymentId });
  const held = new Decimal(position?.qty ?? 0);
  if (held.isZero() || held.isPositive() !== (newest.side === 'SELL')) return null;
  const { trigger, triggerKey, side, decisionPrice } = newest;
  const signal = newest.signal === null ? null : Number(newest.signal);
  if (!(await isStillWanted(em, newest, signal))) return null;
  const qty = Decimal.min(held.abs(), newest.qty).toFixed();
  const attempt = await nextAttempt(em, deploymentId, trigger, triggerKey, newest.leg);
  const sendAfterMs = sendTime(deployment, nowMs, true);
  const logId = await writeLog(em, {
    deployment,
    runId: null,
    atMs: nowMs,
    signal,
    action: side,
    qty,
    price: decisionPrice,
    success: false,
    reasonCode: 'intended',
    message: `${newest.leg} ${side} ${qty} ${deployment.ticker} again, since attempt ${newest.attempt} expired; may be sent from ${new Date(sendAfterMs).toISOString()}`,
    checks: [],
  });
  const leg = { leg: newest.leg, side, qty, reducing: true, afterClose: false };
  const common = { deployment, trigger, triggerKey, leg, attempt, signal, decisionPrice, sendAfterMs, nowMs, logId };
  const intent = buildIntent(em, { ...common, dependsOn: null });
  await em.insert(OrderIntentEntity, intent);
  return intent;
}

async function newestExit(em: EntityManager, deploymentId: string): Promise<OrderIntentEntity | undefined> {
  const order = { createdAt: 'DESC', attempt: 'DESC' } as const;
  return (await em.find(OrderIntentEntity, { where: { deploymentId, reduceOnly: true }, order, take: 1 }))[0];
}

/** A later bar may want the position again without making an order: it is held already. */
async function isStillWanted(em: EntityManager, exit: OrderIntentEntity, signal: number | null): Promise<boolean> {
  const { deploymentId, trigger } = exit;
  if (trigger === 'stop') return em.existsBy(StopLatchEntity, { deploymentId });
  if (trigger !== 'bar') return true;
  const [target] = (await em.query(
    `SELECT signal FROM trade.signal_log WHERE deployment_id = $1 AND signal <> 'NaN' ORDER BY bar_time DESC LIMIT 1`,
    [deploymentId],
  )) as { signal: number }[];
  return target === undefined || target.signal === signal;
}
