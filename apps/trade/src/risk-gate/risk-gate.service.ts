import type { Broker, Clock, RiskGateInput, RiskGateResult, StopLatch } from '@assay/domain';
import { effectiveRiskLimits, evaluateRiskGate, toWire } from '@assay/domain';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AccountEntity } from '../accounts/account.entity';
import { SeriesMarket } from '../bars/series-market';
import { SeriesStore } from '../bars/series-store';
import type { DeploymentEntity } from '../deployments/deployment.entity';
import { PositionEntity } from '../execution/position.entity';
import { StopLatchEntity } from '../execution/stop-latch.entity';
import { calendarOf } from '../schedules/calendar-of';
import { accountFacts, entriesOfDay, exitable, fxRate, isFrozen, MAX_FX_AGE_MS, openOrders } from './gate-facts';
import type { Reservation } from './reservations';
import { reservationsOf, reservedCash } from './reservations';

/** Room that the cash check leaves for slippage, beside the venue's fee. */
const ROOM_BPS = 10;

export interface GateQuestion {
  deployment: DeploymentEntity;
  broker: Broker;
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
export class RiskGate {
  constructor(private readonly series: SeriesStore) {}

  async ask(em: EntityManager, question: GateQuestion): Promise<GateAnswer> {
    const { deployment, broker, clock, account } = question;
    const { deploymentId, accountId } = deployment;
    const nowMs = clock.nowMs();
    const { zone } = calendarOf(deployment.market);
    const position = await em.findOneBy(PositionEntity, { deploymentId });
    const latch = await em.findOneBy(StopLatchEntity, { deploymentId });
    const instrument = await broker.getInstrument(deployment.ticker);
    const limits = effectiveRiskLimits(deployment.riskLimits);
    const health = await broker.health();
    const { capabilities } = broker;
    const limited = health.reachable && Object.keys(account.limits).length > 0;
    const { intentId } = question;
    const frozen = await isFrozen(em, { accountId, symbol: deployment.ticker }, intentId);
    const marketOf = (other: DeploymentEntity): SeriesMarket => this.marketOf(other);
    const reservations = (): Promise<Reservation[]> => reservationsOf(em, accountId, nowMs, marketOf, intentId);
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
      cash: { available: null, costBps: ROOM_BPS },
      maxPositionUsd: toWire(limits.maxPositionUsd),
      maxDailyTrades: limits.maxDailyTrades,
      entriesToday: await entriesOfDay(em, deploymentId, zone, question.sendAfterMs ?? nowMs, intentId),
      fx: await fxRate(em, instrument.currency, nowMs),
      maxFxAgeMs: MAX_FX_AGE_MS,
      account: limited
        ? await accountFacts(em, account, broker, zone, nowMs, marketOf, await reservations(), intentId)
        : null,
    };
    let result = evaluateRiskGate(input);
    const leg = result.legs[0];
    if (leg && !leg.reducing && health.reachable) {
      // Only an entry needs to know the cash, and a broker is not asked for what decides nothing.
      result = evaluateRiskGate({ ...input, cash: await cashOf(broker, await reservations()) });
    }
    return { ...result, account, position, wasLatched: latch !== null };
  }

  private marketOf(deployment: DeploymentEntity): SeriesMarket {
    return new SeriesMarket(this.series, deployment, calendarOf(deployment.market));
  }
}

/** Who asks looks orders up first: one that the venue takes in between then counts twice, never not at all. */
async function cashOf(broker: Broker, reservations: readonly Reservation[]): Promise<RiskGateInput['cash']> {
  const reserved = await reservedCash(reservations, broker, ROOM_BPS);
  try {
    const { availableCash, feeBps } = await broker.getAccountInfo();
    return { available: availableCash, reserved: toWire(reserved), costBps: ROOM_BPS + Number(feeBps ?? 0) };
  } catch {
    return { available: null, costBps: ROOM_BPS };
  }
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
