import { RuinLine, UnitAccount } from './account';
import type { FillSink } from './fill-log';
import { intervenedUnitPath } from './intervened-unit-path';
import { desiredUnits, isSendable } from './sizing';
import type { EngineInput, EquityPath, Sizing } from './types';

/** Modes `all_in` and `fixed_qty`: equity of every bar (0 from ruin on), the returns it makes, and every fill. */
export function unitPath(input: EngineInput, c: number, fills: FillSink, path: EquityPath): void {
  if (input.interventions) intervenedUnitPath(input, input.interventions, c, fills, path);
  else if (input.mode === 'all_in') allInPath(input, c, fills, path);
  else sizedPath(input, c, fills, path);
}

/** From the bar of ruin on nothing is left; its own return is -1, unless the equity was too small for a number before. */
function endInRuin(at: number, { returns, equity }: EquityPath): void {
  equity.fill(0, at);
  returns.fill(0, at);
  if (at === 0 || equity[at - 1] > 0) returns[at] = -1;
}

/**
 * Bars [from, to) of a position held through all of them: equity is cash + units x close.
 * @param opens where the position can be ruined between two closes; looked at after bar `filledAt`.
 * @returns the bar of ruin, negative (-1 - t) when at its open; `to` when there is none.
 */
function markHeld(
  { cash, units, ruinLine }: UnitAccount,
  close: Float64Array,
  opens: Float64Array | undefined,
  filledAt: number,
  from: number,
  to: number,
  { returns, equity }: EquityPath,
): number {
  const line = ruinLine.at;
  let before = from > 0 ? equity[from - 1] : 1;
  if (units === 0 && cash > 0 && cash < Infinity) {
    for (let t = from; t < to; t++) {
      equity[t] = cash;
      returns[t] = 0;
    }
    if (from < to) returns[from] = cash / before - 1;
    return to;
  }
  for (let t = from; t < to; t++) {
    if (opens !== undefined && t > filledAt && cash + units * opens[t] <= line) return -1 - t;
    const value = cash + units * close[t];
    if (value <= line) return t;
    equity[t] = value;
    returns[t] = before > 0 ? value / before - 1 : 0;
    before = value;
  }
  return to;
}

/** All-in mode by segments of constant target. */
function allInPath(input: EngineInput, c: number, fills: FillSink, path: EquityPath): void {
  const { close, targets: p } = input;
  const n = close.length;
  const lag = input.fill === 'next_open' ? 1 : 0;
  const fillPrices = lag === 1 ? (input.open as Float64Array) : close;
  const account = new UnitAccount(1, c, 0, fills);
  let from = 0;
  let filledAt = -1;
  let target = 0;
  for (let t = 0; t <= n - lag; t++) {
    if (t < n - lag && p[t] === target) continue;
    const at = t < n - lag ? t + lag : n;
    // a position that cash covers cannot be ruined between two closes
    const opens = lag === 1 && (account.cash < 0 || account.units < 0) ? fillPrices : undefined;
    const held = markHeld(account, close, opens, filledAt, from, at, path);
    if (held !== at) {
      const ruined = held < 0 ? -1 - held : held;
      account.ruin(held < 0 ? fillPrices[ruined] : close[ruined], ruined);
      return endInRuin(ruined, path);
    }
    if (at === n) return;
    if (account.equityAt(fillPrices[at]) <= account.ruinLine.at) {
      account.ruin(fillPrices[at], at);
      return endInRuin(at, path);
    }
    target = p[t];
    account.moveToWeight(target, fillPrices[at], at);
    filledAt = at;
    from = at;
  }
}

/** Unit sizing with capital by increments: dE = u_before (F - C_(t-1)) + u_after (C_t - F) - cost. */
function sizedPath(input: EngineInput, c: number, fills: FillSink, path: EquityPath): void {
  const { returns, equity } = path;
  const { close, targets: p } = input;
  const sizing = input.sizing as Sizing;
  const capital = input.capital as number;
  const fixedFee = input.costs.fixedFee ?? 0;
  const atOpen = input.fill === 'next_open';
  const fillPrices = atOpen ? (input.open as Float64Array) : close;
  const line = new RuinLine(capital);
  let value = capital;
  let last = 1;
  let units = 0;
  let wanted = 0;
  for (let t = 0; t < close.length; t++) {
    const before = t > 0 ? units * (fillPrices[t] - close[t - 1]) : 0;
    if (value + before <= line.at) {
      if (units !== 0) fills.push(t, fillPrices[t], -units, 0, 'ruin');
      return endInRuin(t, path);
    }
    if (!atOpen) wanted = decide(t, value + before);
    let after = units;
    let fee = 0;
    if (wanted !== units) {
      fee = c * Math.abs(wanted - units) * fillPrices[t] + fixedFee;
      fills.push(t, fillPrices[t], wanted - units, fee, 'signal');
      after = wanted;
      line.see(value + before - fee - after * fillPrices[t]);
    }
    value += before + after * (close[t] - fillPrices[t]) - fee;
    units = after;
    if (value <= line.at) {
      if (units !== 0) fills.push(t, close[t], -units, 0, 'ruin');
      return endInRuin(t, path);
    }
    const now = value / capital;
    equity[t] = now;
    returns[t] = last > 0 ? now / last - 1 : 0;
    last = now;
    if (atOpen) wanted = decide(t, value);
  }

  function decide(t: number, equityNow: number): number {
    const changed = p[t] !== (t > 0 ? p[t - 1] : 0);
    const units_ = desiredUnits(sizing, p[t], changed, t, equityNow, close[t], units);
    return isSendable(sizing, units_ - units, close[t], units_) ? units_ : units;
  }
}
