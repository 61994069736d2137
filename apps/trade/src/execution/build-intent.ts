import { createHash } from 'node:crypto';
import type { OrderLeg, TriggerKind } from '@assay/domain';
import { clientOrderId, intentKey } from '@assay/domain';
import { MINUTE_MS } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import type { OrderIntentEntity } from '../records/orders/order-intent.entity';

/** An intent that was not sent this long after it could be is given up. */
const INTENT_TTL_MS = 60 * MINUTE_MS;

export interface NewIntent {
  deployment: DeploymentEntity;
  trigger: TriggerKind;
  triggerKey: string;
  leg: OrderLeg;
  attempt: number;
  /** The evaluator's target, not what a stop made of it. */
  signal: number | null;
  decisionPrice: string | null;
  /** The price that it is never filled worse than; absent: at the market. */
  limitPrice?: string | null;
  sendAfterMs: number;
  nowMs: number;
  dependsOn: string | null;
  logId: string;
}

/** The row of an intent; its client order id follows from its key alone, so that the same intent can never have two. */
export function buildIntent(input: NewIntent): OrderIntentEntity {
  const { deployment, trigger, triggerKey, leg, attempt, sendAfterMs, nowMs } = input;
  const key = intentKey({ deploymentId: deployment.deploymentId, trigger, triggerKey, leg: leg.leg, attempt });
  const now = new Date(nowMs);
  return {
    intentId: newId(),
    deploymentId: deployment.deploymentId,
    accountId: deployment.accountId,
    ownerId: deployment.ownerId,
    strategyRevision: deployment.strategyRevision,
    broker: deployment.broker,
    symbol: deployment.ticker,
    trigger,
    triggerKey,
    leg: leg.leg,
    attempt,
    intentKey: key,
    clientOrderId: clientOrderId(createHash('sha256').update(key).digest()),
    side: leg.side,
    qty: leg.qty,
    reduceOnly: leg.reducing,
    signal: input.signal === null ? null : String(input.signal),
    decisionPrice: input.decisionPrice,
    limitPrice: input.limitPrice ?? null,
    logId: input.logId,
    state: 'waiting',
    reason: null,
    dependsOn: input.dependsOn,
    sendAfter: new Date(sendAfterMs),
    expiresAt: new Date(sendAfterMs + INTENT_TTL_MS),
    createdAt: now,
    updatedAt: now,
  };
}
