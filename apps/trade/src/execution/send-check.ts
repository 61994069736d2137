import type { RiskCheckRecord } from '@assay/contracts';
import type { Clock } from '@assay/domain';
import { evaluateFlatten } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { Decimal } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AccountEntity } from '../records/accounts/account.entity';
import type { VenueFacts } from '../risk-gate/venue-facts';
import { SeriesMarket } from '../bars/series-market';
import { SeriesStore } from '../bars/series-store';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { exitable, isFrozen, openOrders } from '../risk-gate/gate-facts';
import { PreTradeRisk, syncOf } from '../risk-gate/pre-trade-risk';
import { RunEntity } from '../records/runs/run.entity';
import { lastBarCloseMs } from '../schedules/last-bar-close';
import type { OrderIntentEntity } from '../records/orders/order-intent.entity';
import { PositionEntity } from '../records/positions/position.entity';

export type SendVerdict =
  | { send: true; qty: string }
  | { send: false; state: OrderIntentEntity['state']; code: string; checks: RiskCheckRecord[] };

/** Judges an intent a second time, at the moment of sending: hours may lie between a close and the next open. */
@Injectable()
export class SendCheck {
  constructor(
    private readonly gate: PreTradeRisk,
    private readonly series: SeriesStore,
  ) {}

  /** The caller holds the symbol's lock and the rows of deployment, account and intent. */
  async judge(
    em: EntityManager,
    intent: OrderIntentEntity,
    deployment: DeploymentEntity,
    venue: VenueFacts,
    clock: Clock,
    account: AccountEntity,
  ): Promise<SendVerdict> {
    const nowMs = clock.nowMs();
    if (nowMs > intent.expiresAt.getTime())
      return { send: false, state: 'expired', code: 'intent_expired', checks: [] };
    const market = new SeriesMarket(this.series, deployment, calendarFor(deployment.market));
    const quote = await market.last(deployment.ticker, nowMs);
    const price = quote?.price ?? intent.decisionPrice;
    if (intent.trigger === 'flatten') return this.judgeFlatten(em, intent, deployment, venue, account, price);
    const position = await em.findOneBy(PositionEntity, { deploymentId: deployment.deploymentId });
    const decidedMs = intent.trigger === 'bar' ? await decidedCloseMs(em, intent) : nowMs;
    const expectedCloseMs = lastBarCloseMs(calendarFor(deployment.market), deployment.timeframe, nowMs) ?? decidedMs;
    const signal = intent.signal === null ? null : Number(intent.signal);
    const answer = await this.gate.ask(em, {
      deployment,
      venue,
      clock,
      trigger: intent.trigger === 'stop' ? 'stop' : 'bar',
      signal,
      joined: true,
      size: new Decimal(position?.targetQty ?? intent.qty).abs().toFixed(),
      data: { lastCloseMs: intent.trigger === 'bar' ? decidedMs : expectedCloseMs, expectedCloseMs },
      lastPrice: price,
      intentId: intent.intentId,
      account,
    });
    if (answer.verdict !== 'order') return { send: false, state: 'refused', code: answer.code, checks: answer.checks };
    const [leg] = answer.legs;
    if (!leg || leg.side !== intent.side || new Decimal(leg.qty).lt(intent.qty)) {
      return { send: false, state: 'refused', code: 'superseded', checks: answer.checks };
    }
    return { send: true, qty: intent.qty };
  }

  private async judgeFlatten(
    em: EntityManager,
    intent: OrderIntentEntity,
    deployment: DeploymentEntity,
    venue: VenueFacts,
    account: AccountEntity,
    price: string | null,
  ): Promise<SendVerdict> {
    const { deploymentId } = deployment;
    const position = await em.findOneBy(PositionEntity, { deploymentId });
    const held = position?.qty ?? '0';
    const { lot, minQty } = venue.instrument;
    const frozen = await isFrozen(em, { accountId: deployment.accountId, symbol: deployment.ticker }, intent.intentId);
    const answer = evaluateFlatten({
      facts: { ...deployment, sync: syncOf(deployment, frozen), tradingState: account.tradingState },
      connection: venue.health,
      nativeReduceOnly: venue.capabilities.nativeReduceOnly,
      lastPrice: price,
      orders: {
        size: '0',
        position: held,
        openOrders: exitable(await openOrders(em, deploymentId, intent.intentId), held),
        inForce: null,
        lot,
        minQty,
        allowShort: true,
      },
    });
    const [leg] = answer.legs;
    // Fills since it was asked for may have left less, or more, to close.
    if (answer.verdict === 'order' && leg?.side === intent.side) return { send: true, qty: leg.qty };
    const code = answer.verdict === 'order' ? 'superseded' : answer.code;
    return { send: false, state: 'refused', code, checks: answer.checks };
  }
}

/**
 * Close of the bar on which an intent rests. An exit that still waits when a later bar is evaluated was wanted by that one too, or it would
 * have been taken back.
 */
async function decidedCloseMs(em: EntityManager, intent: OrderIntentEntity): Promise<number> {
  const decidedMs = Date.parse(intent.triggerKey);
  if (!intent.reduceOnly) return decidedMs;
  const where = { deploymentId: intent.deploymentId, state: 'done' as const };
  const [newest] = await em.find(RunEntity, { where, order: { barCloseTime: 'DESC' }, take: 1 });
  return Math.max(decidedMs, newest?.barCloseTime.getTime() ?? decidedMs);
}
