import { RuinLine } from './account';
import type { FillReason, FillSink } from './fill-log';
import { desiredUnits, isSendable } from './sizing';
import type { EngineInput, EquityPath, Sizing } from './types';
import { reasonOf, type Interventions } from './protection/types';

/**
 * Modes `all_in` and `fixed_qty` with fills between open and close, by increments: equity moves by units x price change
 * between one price of a bar and the next, less what each fill costs.
 */
export function intervenedUnitPath(
  input: EngineInput,
  acts: Interventions,
  c: number,
  fills: FillSink,
  path: EquityPath,
): void {
  const { close, targets: p } = input;
  const { returns, equity } = path;
  const n = close.length;
  const open = input.fill === 'next_open' ? (input.open as Float64Array) : undefined;
  const sizing = input.mode === 'fixed_qty' ? (input.sizing as Sizing) : undefined;
  const capital = sizing ? (input.capital as number) : 1;
  const fixedFee = sizing ? (input.costs.fixedFee ?? 0) : 0;
  const line = new RuinLine(capital);
  let value = capital;
  let units = 0;
  let cursor = NaN;
  let bar = 0;
  /** Weight in force, and what the close before has ordered for the next open. */
  let inForce = 0;
  let ordered = { weight: 0, units: 0, pending: false, reason: 0 };

  /** False when nothing is left at the price. */
  const to = (price: number): boolean => {
    if (units !== 0) value += units * (price - cursor);
    cursor = price;
    if (value > line.at) return true;
    if (units !== 0) fills.push(bar, price, -units, 0, 'ruin');
    equity.fill(0, bar);
    returns.fill(0, bar);
    if (bar === 0 || equity[bar - 1] > 0) returns[bar] = -1;
    return false;
  };
  const moveTo = (after: number, reason: FillReason, within: boolean): void => {
    const delta = after - units;
    if (delta === 0) return;
    const fee = c * Math.abs(delta) * cursor + fixedFee;
    fills.push(bar, cursor, delta, fee, reason, within);
    value -= fee;
    units = after;
    line.see(value - units * cursor);
  };
  const allIn = (weight: number, code: number, within: boolean): void => {
    const reason = reasonOf(code);
    if (weight === 0 || weight * units < 0) moveTo(0, reason, within);
    // what closing cost may leave nothing to buy with
    if (weight !== 0 && value > line.at) moveTo((weight * value) / (cursor * (1 + c)), reason, within);
  };
  const fillOrdered = (): void => {
    if (!ordered.pending) return;
    if (sizing) moveTo(ordered.units, reasonOf(ordered.reason), false);
    else allIn(ordered.weight, ordered.reason, false);
  };
  const decide = (t: number): void => {
    const changed = p[t] !== inForce;
    inForce = p[t];
    ordered = { weight: p[t], units: 0, pending: changed, reason: acts.decided[t] };
    if (sizing === undefined) return;
    ordered.units = desiredUnits(sizing, p[t], changed, t, value, close[t], units);
    ordered.pending = isSendable(sizing, ordered.units - units, close[t], ordered.units);
  };

  let k = 0;
  let before = 1;
  for (; bar < n; bar++) {
    if (open !== undefined && bar > 0) {
      if (!to(open[bar])) return;
      fillOrdered();
    }
    for (; k < acts.index.length && acts.index[k] === bar; k++) {
      if (!to(acts.price[k])) return;
      const weight = acts.weight[k];
      inForce = weight;
      if (sizing === undefined) allIn(weight, acts.reason[k], true);
      else {
        const after = desiredUnits(sizing, weight, true, Math.max(bar - 1, 0), value, cursor, units);
        if (isSendable(sizing, after - units, cursor, after)) moveTo(after, reasonOf(acts.reason[k]), true);
      }
    }
    if (!to(close[bar])) return;
    decide(bar);
    if (open === undefined) {
      fillOrdered();
      if (!to(close[bar])) return;
    }
    const now = value / capital;
    equity[bar] = now;
    returns[bar] = before > 0 ? now / before - 1 : 0;
    before = now;
  }
}
