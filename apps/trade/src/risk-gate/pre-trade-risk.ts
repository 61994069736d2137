import type { Clock, RiskGateInput, RiskGateResult, StopLatch } from '@assay/domain';
import { effectiveRiskLimits, evaluateRiskGate } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { toWire } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AccountEntity } from '../records/accounts/account.entity';
import type { VenueFacts } from './venue-facts';
import { SeriesMarket } from '../bars/series-market';
import { SeriesStore } from '../bars/series-store';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { PositionEntity } from '../records/positions/position.entity';
import { StopLatchEntity } from '../records/positions/stop-latch.entity';
import { accountFacts, entriesOfDay, exitable, fxRate, isFrozen, MAX_FX_AGE_MS, openOrders } from './gate-facts';
import type { Reservation } from './reservations';
import { reservationsOf, reservedCash } from './reservations';

/** Room that the cash check leaves for slippage, beside the venue's fee. */
const ROOM_BPS = 10;

export interface GateQuestion {
  deployment: DeploymentEntity;
  /** Asked before the transaction: a venue is never asked inside of one. */
  venue: VenueFacts;
  clock: Clock;
  trigger: RiskGateInput['trigger'];
  /** Target in force by the evaluator; null without one. */
  signal: number | null;
  joined: boolean;
  /** Unsigned size of a full position before rounding to the lot. */
  size: string;
  data: RiskGateInput['data'];
  /** What orders are priced with; null where there is no price. */
  lastPrice: string | null;
  /** When an order that is decided now can be sent; now where it is absent. Its day is the one whose entries count. */
  sendAfterMs?: number;
  /** The intent that is judged again before it is sent, by who holds its symbol's lock: not one of the open orders. */
  intentId?: string;
  /** Read with its lock by the caller: what is allowed here is taken from it before anybody else is judged. */
  account: AccountEntity;
}

export interface GateAnswer extends RiskGateResult {
  account: AccountEntity;
  position: PositionEntity | null;
  /** A stop was latched before. */
  wasLatched: boolean;
}

/** Reads everything the gate looks at and asks it. */
@Injectable()
export class PreTradeRisk {
  constructor(private readonly series: SeriesStore) {}

  async ask(em: EntityManager, question: GateQuestion): Promise<GateAnswer> {
    const { deployment, clock, account, venue } = question;
    const { deploymentId, accountId } = deployment;
    const nowMs = clock.nowMs();
    const { zone } = calendarFor(deployment.market);
    const position = await em.findOneBy(PositionEntity, { deploymentId });
    const latch = await em.findOneBy(StopLatchEntity, { deploymentId });
    const { instrument, health, capabilities } = venue;
    const limits = effectiveRiskLimits(deployment.riskLimits);
    const limited = health.reachable && Object.keys(account.limits).length > 0;
    const { intentId } = question;
    const frozen = await isFrozen(em, { accountId, symbol: deployment.ticker }, intentId);
    const marketOf = (other: DeploymentEntity): SeriesMarket => this.marketOf(other);
    const reservations = await reservationsOf(em, accountId, nowMs, marketOf, intentId);
    const input: RiskGateInput = {
      trigger: question.trigger,
      nowMs,
      facts: { ...deployment, sync: syncOf(deployment, frozen), tradingState: account.tradingState },
      nativeReduceOnly: capabilities.nativeReduceOnly,
      connection: health,
      data: question.data,
      signal: question.signal,
      joined: question.joined,
      averagePrice: position?.averagePrice ?? null,
      lastPrice: question.lastPrice,
      stop: { limitPct: limits.stopLossPct, latch: latch && latchOf(latch) },
      orders: {
        size: question.size,
        position: position?.qty ?? '0',
        openOrders: exitable(await openOrders(em, deploymentId, intentId), position?.qty ?? '0'),
        inForce: inForce(position),
        lot: instrument.lot,
        minQty: instrument.minQty,
        minNotional: instrument.minNotional,
        rebalanceBand: Number(deployment.rebalanceBand),
        allowShort: capabilities.short && account.canShort,
      },
      cash: cashOf(venue, reservations),
      maxPositionUsd: toWire(limits.maxPositionUsd),
      maxDailyTrades: limits.maxDailyTrades,
      entriesToday: await entriesOfDay(em, deploymentId, zone, question.sendAfterMs ?? nowMs, intentId),
      fx: await fxRate(em, instrument.currency, nowMs),
      maxFxAgeMs: MAX_FX_AGE_MS,
      account: limited
        ? await accountFacts(em, account, venue.account, zone, nowMs, marketOf, reservations, intentId)
        : null,
    };
    const result = evaluateRiskGate(input);
    return { ...result, account, position, wasLatched: latch !== null };
  }

  private marketOf(deployment: DeploymentEntity): SeriesMarket {
    return new SeriesMarket(this.series, deployment, calendarFor(deployment.market));
  }
}

/** What the venue did not have yet when it was asked is taken off: one that it took in between counts twice, never not at all. */
function cashOf({ account, atVenue }: VenueFacts, reservations: readonly Reservation[]): RiskGateInput['cash'] {
  if (!account) return { available: null, costBps: ROOM_BPS };
  const reserved = toWire(reservedCash(reservations, atVenue, ROOM_BPS));
  return { available: account.availableCash, reserved, costBps: ROOM_BPS + Number(account.feeBps ?? 0) };
}

/** What the orders say now; the column is what reconciliation last saw. */
export const syncOf = ({ sync }: DeploymentEntity, frozen: boolean): DeploymentEntity['sync'] =>
  frozen ? 'frozen' : sync === 'frozen' ? 'in_sync' : sync;

const latchOf = (row: StopLatchEntity): StopLatch => ({
  signal: row.latchedSignal as StopLatch['signal'],
  atMs: row.latchedAt.getTime(),
});

function inForce(position: PositionEntity | null): RiskGateInput['orders']['inForce'] {
  if (!position || position.targetSignal === null || position.targetQty === null) return null;
  return { signal: position.targetSignal as -1 | 0 | 1, quantity: position.targetQty };
}
