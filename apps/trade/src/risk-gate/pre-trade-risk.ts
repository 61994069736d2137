import type { RiskGateInput, RiskGateResult, StopLatch } from '@assay/domain';
import { effectiveRiskLimits, evaluateRiskGate } from '@assay/domain';
import { DAY_MS, Decimal, toWire } from '@assay/primitives';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import type { OwnOrder } from '../records/orders/order.store';
import type { PositionEntity } from '../records/positions/position.entity';
import type { StopLatchEntity } from '../records/positions/stop-latch.entity';
import type { Reservation } from './reservations';
import { reservedCash } from './reservations';
import type { RiskFacts } from './risk-facts';
import type { RunContext } from './run-context';
import type { VenueFacts } from './venue-facts';

/** Room that the cash check leaves for slippage, beside the venue's fee. */
const ROOM_BPS = 10;
/** A rate older than this is stale. */
const MAX_FX_AGE_MS = 7 * DAY_MS;

export interface RiskQuestion {
  trigger: RiskGateInput['trigger'];
  /** Target in force by the evaluator; null without one. */
  signal: number | null;
  joined: boolean;
  /** Unsigned size of a full position before rounding to the lot. */
  size: string;
  data: RiskGateInput['data'];
  reached?: RiskGateInput['reached'];
  /** What orders are priced with; null where there is no price. */
  lastPrice: string | null;
}

/** Asks the risk gate of the domain about a target, by what the context and one look at the records say. */
export function judgeRisk(context: RunContext, facts: RiskFacts, question: RiskQuestion): RiskGateResult {
  const { deployment, clock, venue } = context;
  const { account, position } = facts;
  const { instrument, health, capabilities } = venue;
  const held = position?.qty ?? '0';
  return evaluateRiskGate({
    trigger: question.trigger,
    nowMs: clock.nowMs(),
    facts: { ...deployment, sync: syncOf(deployment, facts.frozen), tradingState: account.tradingState },
    nativeReduceOnly: capabilities.nativeReduceOnly,
    connection: health,
    data: question.data,
    signal: question.signal,
    joined: question.joined,
    averagePrice: position?.averagePrice ?? null,
    lastPrice: question.lastPrice,
    reached: question.reached,
    latch: facts.latch && latchOf(facts.latch),
    limits: effectiveRiskLimits(deployment.riskLimits),
    orders: {
      size: question.size,
      position: held,
      openOrders: exitable(facts.openOrders, held),
      inForce: inForce(position),
      lot: instrument.lot,
      minQty: instrument.minQty,
      minNotional: instrument.minNotional,
      rebalanceBand: Number(deployment.rebalanceBand),
      allowShort: capabilities.short && account.canShort,
    },
    cash: cashOf(venue, facts.reservations),
    entriesToday: facts.entriesToday,
    fx: facts.fx,
    maxFxAgeMs: MAX_FX_AGE_MS,
    account: facts.accountFacts,
  });
}

/**
 * What an exit has to reckon with: an order of unknown fate that would add to the position cannot be taken back, and must not keep us
 * from closing what we do hold.
 */
export function exitable(orders: readonly OwnOrder[], position: string): OwnOrder[] {
  const held = new Decimal(position);
  const adds = held.isPositive() ? 'BUY' : 'SELL';
  return held.isZero() ? [...orders] : orders.filter((order) => !(order.unknown && order.side === adds));
}

/** What the orders say now; the column is what reconciliation last saw. */
export const syncOf = ({ sync }: Pick<DeploymentEntity, 'sync'>, frozen: boolean): DeploymentEntity['sync'] =>
  frozen ? 'frozen' : sync === 'frozen' ? 'in_sync' : sync;

/** What the venue did not have yet when it was asked is taken off: one that it took in between counts twice, never not at all. */
function cashOf({ account, atVenue }: VenueFacts, reservations: readonly Reservation[]): RiskGateInput['cash'] {
  if (!account) return { available: null, costBps: ROOM_BPS };
  const reserved = toWire(reservedCash(reservations, atVenue, ROOM_BPS));
  return { available: account.availableCash, reserved, costBps: ROOM_BPS + Number(account.feeBps ?? 0) };
}

const latchOf = (row: StopLatchEntity): StopLatch => ({
  signal: row.latchedSignal as StopLatch['signal'],
  atMs: row.latchedAt.getTime(),
});

function inForce(position: PositionEntity | null): RiskGateInput['orders']['inForce'] {
  if (!position || position.targetSignal === null || position.targetQty === null) return null;
  return { signal: position.targetSignal as -1 | 0 | 1, quantity: position.targetQty };
}
