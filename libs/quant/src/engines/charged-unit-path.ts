import { RuinLine } from './account';
import { Carry, forgetBar, noteCarry, noteOrder, OrderCosts } from './costs';
import type { FillReason, FillSink } from './fill-log';
import { MarginWatch } from './margin';
import { reasonOf } from './protection/types';
import { desiredUnits, isSendable } from './sizing';
import type { CostColumns, EngineInput, EquityPath, Sizing } from './types';

/**
 * Modes `all_in` and `fixed_qty` with all costs and margin, by increments: dE = u_before (F - C_(t-1)) - carry - costs of the
 * orders + u_after (C_t - F). An all-in order leaves room for the proportional costs stated outside the tiers and for those per
 * share; what else it costs is owed. `positions` gets the targets that margin calls leave.
 */
export function chargedUnitPath(
  input: EngineInput,
  fills: FillSink,
  path: EquityPath,
  positions: Float64Array,
  columns: CostColumns | null,
): void {
  const { returns, equity } = path;
  const { close, targets } = input;
  const sizing = input.mode === 'fixed_qty' ? (input.sizing as Sizing) : undefined;
  const start = sizing === undefined ? 1 : (input.capital as number);
  const orders = new OrderCosts(input, sizing === undefined ? (input.capital ?? 1) : 1);
  const carry = new Carry(input);
  const margin = input.margin && new MarginWatch(input.margin);
  const open = input.fill === 'next_open' ? (input.open as Float64Array) : undefined;
  const { interventions: acts } = input;
  const line = new RuinLine(start);
  let value = start;
  let last = 1;
  let units = 0;
  let cursor = NaN;
  let bar = 0;
  let k = 0;
  /** Weight in force. */
  let before = 0;
  /** What the next fill does: nothing, a weight (all in) or a number of units. */
  let wanted = NaN;
  let reason: FillReason = 'signal';

  for (; bar < close.length; bar++) {
    const t = bar;
    if (t > 0 && units !== 0) {
      value -= carry.of(t, units * close[t - 1]);
      line.see(value - units * close[t - 1]);
      if (columns) noteCarry(columns, t, carry, 1 / start);
    }
    if (open !== undefined && t > 0) {
      if (!to(open[t])) return;
      fill();
    }
    for (; acts !== undefined && k < acts.index.length && acts.index[k] === t; k++) {
      if (!to(acts.price[k])) return;
      intervene(acts.weight[k], reasonOf(acts.reason[k]));
    }
    if (!to(close[t])) return;
    decide(t);
    if (open === undefined) {
      fill();
      if (!to(close[t])) return;
    }
    const now = value / start;
    equity[t] = now;
    returns[t] = last > 0 ? now / last - 1 : 0;
    last = now;
  }

  /** False when nothing is left at the price. */
  function to(price: number): boolean {
    if (units !== 0) value += units * (price - cursor);
    cursor = price;
    if (value > line.at) return true;
    if (units !== 0) fills.push(bar, price, -units, 0, 'ruin');
    if (columns) forgetBar(columns, bar);
    equity.fill(0, bar);
    returns.fill(0, bar);
    if (bar === 0 || equity[bar - 1] > 0) returns[bar] = -1;
    positions.set(targets.subarray(bar), bar);
    return false;
  }

  function decide(t: number): void {
    const target = margin ? margin.decide(targets[t], value, units * close[t]) : targets[t];
    const changed = target !== before;
    positions[t] = before = target;
    reason = acts === undefined ? 'signal' : reasonOf(acts.decided[t]);
    wanted = NaN;
    if (sizing === undefined) {
      if (changed || margin?.refill) wanted = target;
      return;
    }
    const aim = desiredUnits(sizing, target, changed, t, value, close[t], units);
    if (isSendable(sizing, aim - units, close[t], aim)) wanted = aim;
  }

  function fill(): void {
    if (wanted !== wanted) return;
    if (sizing !== undefined) moveTo(wanted, reason, false);
    else allIn(wanted, reason, false);
  }

  function intervene(weight: number, why: FillReason): void {
    before = weight;
    if (sizing === undefined) return allIn(weight, why, true);
    const after = desiredUnits(sizing, weight, true, Math.max(bar - 1, 0), value, cursor, units);
    if (isSendable(sizing, after - units, cursor, after)) moveTo(after, why, true);
  }

  function allIn(weight: number, why: FillReason, within: boolean): void {
    if (weight === 0 || weight * units < 0) moveTo(0, why, within);
    // what closing cost may leave nothing to buy with
    if (weight !== 0 && value > line.at)
      moveTo((weight * value) / (cursor * (1 + orders.perSide) + orders.perShare), why, within);
  }

  function moveTo(after: number, why: FillReason, within: boolean): void {
    const delta = after - units;
    if (delta === 0) return;
    const cost = orders.of(bar, delta, cursor);
    if (columns) noteOrder(columns, bar, orders, 1 / start);
    fills.push(bar, cursor, delta, cost, why, within);
    value -= cost;
    units = after;
    line.see(value - units * cursor);
  }
}
