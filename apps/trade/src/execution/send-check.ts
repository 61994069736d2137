import type { RiskCheckRecord } from '@assay/contracts';
import { evaluateFlatten } from '@assay/domain';
import { Decimal } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LastPrices } from '../bars/last-prices';
import type { AccountEntity } from '../records/accounts/account.entity';
import type { OrderIntentEntity } from '../records/orders/order-intent.entity';
import { OrderStore } from '../records/orders/order.store';
import { PositionStore } from '../records/positions/position.store';
import { RunStore } from '../records/runs/run.store';
import { EquityMarks } from '../risk-gate/equity-marks';
import { exitable, judgeRisk, syncOf } from '../risk-gate/pre-trade-risk';
import { RiskFactsReader } from '../risk-gate/risk-facts';
import type { RunContext } from '../risk-gate/run-context';
import { SplitGuard } from '../risk-gate/split-guard';
import { lastBarCloseMs } from '../schedules/last-bar-close';

export type SendVerdict =
  | { send: true; qty: string }
  | { send: false; state: OrderIntentEntity['state']; code: string; checks: RiskCheckRecord[] };

/** Judges an intent a second time, at the moment of sending: hours may lie between a close and the next open. */
@Injectable()
export class SendCheck {
  constructor(
    private readonly risk: RiskFactsReader,
    private readonly marks: EquityMarks,
    private readonly prices: LastPrices,
    private readonly orders: OrderStore,
    private readonly positions: PositionStore,
    private readonly runs: RunStore,
    private readonly splits: SplitGuard,
  ) {}

  /** The caller holds the symbol's lock and the rows of deployment, account and intent. */
  async judge(
    em: EntityManager,
    context: RunContext,
    intent: OrderIntentEntity,
    account: AccountEntity,
  ): Promise<SendVerdict> {
    const { deployment, calendar, clock } = context;
    const { intentId } = intent;
    const nowMs = clock.nowMs();
    if (nowMs > intent.expiresAt.getTime())
      return { send: false, state: 'expired', code: 'intent_expired', checks: [] };
    const lastPrice = (await this.prices.of(deployment, nowMs))?.price ?? intent.decisionPrice;
    if (intent.trigger === 'flatten') return this.judgeFlatten(em, context, intent, account, lastPrice);
    if ((await this.splits.sinceDecided(em, deployment, nowMs)).length > 0)
      return { send: false, state: 'refused', code: 'corporate_action', checks: [] };
    const ofBar = intent.trigger === 'bar' || intent.trigger === 'entry';
    const decidedMs = ofBar ? await this.decidedCloseMs(em, intent) : nowMs;
    const expectedCloseMs = lastBarCloseMs(calendar, deployment.timeframe, nowMs) ?? decidedMs;
    await this.marks.keep(em, context, account);
    const facts = await this.risk.read(em, context, { account, intentId });
    const answer = judgeRisk(context, facts, {
      trigger: intent.trigger === 'stop' ? 'stop' : 'bar',
      signal: intent.signal === null ? null : Number(intent.signal),
      joined: true,
      size: new Decimal(facts.position?.targetQty ?? intent.qty).abs().toFixed(),
      data: { lastCloseMs: ofBar ? decidedMs : expectedCloseMs, expectedCloseMs },
      lastPrice,
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
    { deployment, venue }: RunContext,
    intent: OrderIntentEntity,
    account: AccountEntity,
    lastPrice: string | null,
  ): Promise<SendVerdict> {
    const { deploymentId, accountId, ticker: symbol } = deployment;
    const held = (await this.positions.of(em, deploymentId))?.qty ?? '0';
    const { lot, minQty } = venue.instrument;
    const frozen = await this.risk.isFrozen(em, { accountId, symbol }, intent.intentId);
    const answer = evaluateFlatten({
      facts: { ...deployment, sync: syncOf(deployment, frozen), tradingState: account.tradingState },
      connection: venue.health,
      nativeReduceOnly: venue.capabilities.nativeReduceOnly,
      lastPrice,
      orders: {
        size: '0',
        position: held,
        openOrders: exitable(await this.orders.openOrders(em, deploymentId, intent.intentId), held),
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

  /**
   * Close of the bar on which an intent rests: what an entry order has decided counts until the next bar closes. An exit that still waits when a later bar is evaluated was wanted by that one too, or it would
   * have been taken back.
   */
  private async decidedCloseMs(em: EntityManager, intent: OrderIntentEntity): Promise<number> {
    const decidedMs = Date.parse(intent.triggerKey);
    if (!intent.reduceOnly) return decidedMs;
    const newest = await this.runs.newestDone(em, intent.deploymentId);
    return Math.max(decidedMs, newest?.getTime() ?? decidedMs);
  }
}
