import type { EffectiveRiskLimits, RiskCheckRecord } from '@assay/contracts';
import { Decimal, toWire } from '@assay/primitives';
import { targetOrders, type HoldReason, type OrderLeg, type TargetOrders, type TargetOrdersInput } from '../orders';
import { failed, type CheckResult } from './check-result';
import { accountAction, checkAccountLimits, type AccountAction, type AccountFacts } from './checks/account-limits';
import { checkCash } from './checks/cash';
import { checkConnection, type ConnectionInput } from './checks/connection';
import { checkData } from './checks/data';
import { checkDuplicate } from './checks/duplicate';
import { checkKillSwitch } from './checks/kill-switch';
import { checkMaxDailyTrades } from './checks/max-daily-trades';
import { checkMaxPosition, type FxRate } from './checks/max-position';
import { checkOrderRules } from './checks/order-rules';
import { checkSignal, isDiscrete } from './checks/signal';
import { checkStopLoss } from './checks/stop-loss-check';
import type { DeploymentFacts } from './order-permissions';
import { stopLoss, type ReachedLevel, type StopLatch } from './stop-loss';

/** Everything one evaluation looks at, read before it. Decimals are strings. */
export interface RiskGateInput {
  /** `stop`: the watch between runs, with the target in force as the signal; `entry`: with that of an entry order that was reached. */
  trigger: 'bar' | 'stop' | 'entry' | 'manual';
  nowMs: number;
  facts: DeploymentFacts;
  nativeReduceOnly: boolean;
  connection: ConnectionInput;
  data: { lastCloseMs: number | null; expectedCloseMs: number };
  /** Target in force by the evaluator; null on a bar without a signal. */
  signal: number | null;
  /** False while a deployment waits for its first entry. */
  joined: boolean;
  averagePrice: string | null;
  lastPrice: string | null;
  latch: StopLatch | null;
  /** The level of the strategy's own that the last price has reached; only the watch between runs looks. */
  reached?: ReachedLevel | null;
  limits: EffectiveRiskLimits;
  /** How the target becomes orders; the gate sets the signal and the last price. */
  orders: Omit<TargetOrdersInput, 'signal' | 'lastPrice'>;
  /** `reserved`: taken by open intents and not yet taken off `available` by the venue. */
  cash: { available: string | null; reserved?: string; costBps: number };
  entriesToday: number;
  fx: 'usd' | FxRate | null;
  maxFxAgeMs: number;
  account: AccountFacts | null;
  /** Account currency per unit of the instrument's; 1 when it is the same. */
  accountFx?: string;
}

export interface RiskGateResult {
  /** `order`: send `legs[0]` now; a later leg waits and comes through the gate again. */
  verdict: 'order' | 'hold' | 'rejected';
  /** Reason code of what decided; `approved` for an order nothing forced. */
  code: string;
  /** Target acted on: the signal, or 0 where the stop forced it; null without one. */
  signal: -1 | 0 | 1 | null;
  /** What the target asks for, also when it was rejected. */
  legs: OrderLeg[];
  /** Own open orders to cancel and re-read before asking again. */
  cancel: string[];
  /** Signed quantity aimed at; becomes the one in force when an intent is made. */
  target: string;
  /** Every check, in the order of `RISK_CHECKS`. */
  checks: RiskCheckRecord[];
  /** To persist: set by a stop, null once the target has changed. */
  latch: StopLatch | null;
  /** The stop forces the target to 0. */
  stopped: boolean;
  accountAction: AccountAction | null;
}

/**
 * The risk gate: all checks are evaluated and recorded, and the first failure decides. A stop does not refuse: it
 * forces the target to 0, and the order that follows is an exit. Of a flip only the close leg is judged here.
 */
export function evaluateRiskGate(input: RiskGateInput): RiskGateResult {
  const { signal, nowMs, limits } = input;
  const data = checkData({ ...input.data, nowMs });
  const validity = checkSignal(signal);
  const stop = stopLoss({
    signal: isDiscrete(signal) ? signal : null,
    position: input.orders.position,
    averagePrice: input.averagePrice,
    lastPrice: input.lastPrice,
    limitPct: limits.stop_loss_pct,
    reached: input.reached,
    latch: input.latch,
    nowMs,
  });
  const target = stop.forced ? 0 : isDiscrete(signal) ? signal : null;
  const orders = planOrders(input, target, stop.forced);
  const leg = orders.legs.at(0) ?? null;
  const results: CheckResult[] = [
    checkKillSwitch({
      facts: input.facts,
      trigger: stop.forced ? 'stop' : 'signal',
      leg,
      nativeReduceOnly: input.nativeReduceOnly,
    }),
    checkConnection(input.connection),
    data,
    validity,
    checkStopLoss(stop, limits.stop_loss_pct),
    duplicate(input, orders, target, stop.forced),
    checkOrderRules({ orders, size: input.orders.size, lot: input.orders.lot }),
    checkCash({ ...input.cash, leg, lastPrice: input.lastPrice }),
    checkMaxPosition({
      ...input,
      leg,
      position: input.orders.position,
      openOrders: input.orders.openOrders,
      maxPositionUsd: toWire(new Decimal(limits.max_position_usd)),
    }),
    checkMaxDailyTrades({ leg, entriesToday: input.entriesToday, maxDailyTrades: limits.max_daily_trades }),
    checkAccountLimits(leg, input.account, orderValue(input, leg)),
  ];
  return {
    ...decide(results, leg, stop.forced),
    signal: target,
    legs: orders.legs,
    cancel: orders.cancel,
    target: orders.target,
    checks: results.map((result) => result.record),
    // a price or a signal that is not to be trusted fires nothing new
    latch: stop.fired && !(data.record.passed && validity.record.passed) ? input.latch : stop.latch,
    stopped: stop.forced,
    accountAction: input.account && accountAction(input.account),
  };
}

/** The manual flatten skips every check but the connection; the state table's own column still holds. */
export function evaluateFlatten(
  input: Pick<RiskGateInput, 'facts' | 'connection' | 'nativeReduceOnly' | 'lastPrice' | 'orders'>,
): Pick<RiskGateResult, 'verdict' | 'code' | 'legs' | 'cancel' | 'checks'> & { needsConfirmation: boolean } {
  const orders = targetOrders({ ...input.orders, signal: 0, lastPrice: input.lastPrice });
  const leg = orders.legs.at(0) ?? null;
  const { facts, nativeReduceOnly } = input;
  const state = checkKillSwitch({ facts, trigger: 'flatten', leg, nativeReduceOnly });
  const results = [state, checkConnection(input.connection)];
  const verdict =
    leg === null && results.every(({ record }) => record.passed) ? 'hold' : decide(results, leg, false).verdict;
  const failure = results.find(({ record }) => !record.passed);
  return {
    verdict,
    code: failure?.record.code ?? (leg ? 'flatten' : (orders.hold ?? 'already_flat')),
    legs: orders.legs,
    cancel: orders.cancel,
    checks: results.map((result) => result.record),
    needsConfirmation: leg !== null && facts.sync === 'frozen' && !nativeReduceOnly,
  };
}

function planOrders(input: RiskGateInput, target: -1 | 0 | 1 | null, stopped: boolean): TargetOrders {
  const none = { legs: [], cancel: [], target: input.orders.position, delta: '0' };
  const hold = whyNoOrders(input, target, stopped);
  if (target === null || hold !== null) return { ...none, hold };
  return targetOrders({ ...input.orders, signal: target, lastPrice: input.lastPrice });
}

function whyNoOrders(
  { joined, trigger }: RiskGateInput,
  target: -1 | 0 | 1 | null,
  stopped: boolean,
): HoldReason | null {
  if (target === null) return 'insufficient_data';
  if (!joined && !stopped) return 'awaiting_next_entry';
  return trigger === 'stop' && !stopped ? 'stop_not_reached' : null;
}

function duplicate(
  input: RiskGateInput,
  orders: TargetOrders,
  target: -1 | 0 | 1 | null,
  stopped: boolean,
): CheckResult {
  const { lot } = input.orders;
  const hold = whyNoOrders(input, target, stopped);
  return hold === null ? checkDuplicate(orders, lot) : failed('duplicate', hold, null, lot, 'hold');
}

function decide(
  results: readonly CheckResult[],
  leg: OrderLeg | null,
  stopped: boolean,
): Pick<RiskGateResult, 'verdict' | 'code'> {
  for (const { record, onFailure } of results) {
    if (record.passed) continue;
    // the stop decides by forcing an exit; the checks after it judge that exit
    if (record.check === 'stop_loss' && leg) continue;
    return { verdict: onFailure, code: record.code ?? record.check };
  }
  const stop = results.find(({ record }) => record.check === 'stop_loss');
  return { verdict: 'order', code: stopped ? (stop?.record.code ?? 'stop_loss') : 'approved' };
}

function orderValue(input: RiskGateInput, leg: OrderLeg | null): string | null {
  if (!leg || input.lastPrice === null) return null;
  return toWire(new Decimal(leg.qty).times(input.lastPrice).times(input.accountFx ?? 1));
}
