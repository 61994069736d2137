import { UnitAccount } from './account';
import type { FillSink } from './fill-log';
import { desiredUnits, isSendable } from './sizing';
import type { EngineInput, EquityPath, Sizing } from './types';

/** Modes `all_in` and `fixed_qty`: equity of every bar (0 from ruin on), the returns it makes, and every fill. */
export function unitPath(input: EngineInput, c: number, fills: FillSink, { returns, equity }: EquityPath): void {
  const ruined = (input.mode === 'all_in' ? allInEquity : sizedEquity)(input, c, fills, equity);
  equity.fill(0, ruined);
  returnsOf(equity, returns);
}

function returnsOf(equity: Float64Array, out: Float64Array): void {
  let before = 1;
  for (let t = 0; t < equity.length; t++) {
    const now = equity[t];
    // x / x is 1, but not for infinity
    out[t] = now === before && now < Infinity ? 0 : before > 0 ? now / before - 1 : 0;
    before = now;
  }
}

/**
 * Equity of bars [from, to) of a position held through all of them: cash + units x close.
 * @param opens where the position can be ruined between two closes; looked at after bar `filledAt`.
 * @returns the bar of ruin, negative (-1 - t) when at its open; `to` when there is none.
 */
function markHeld(
  { cash, units }: UnitAccount,
  close: Float64Array,
  opens: Float64Array | undefined,
  filledAt: number,
  from: number,
  to: number,
  equity: Float64Array,
): number {
  if (units === 0 && cash > 0) {
    equity.fill(cash, from, to);
    return to;
  }
  if (opens === undefined) {
    for (let t = from; t < to; t++) {
      const value = cash + units * close[t];
      if (value <= 0) return t;
      equity[t] = value;
    }
    return to;
  }
  for (let t = from; t < to; t++) {
    if (t > filledAt && cash + units * opens[t] <= 0) return -1 - t;
    const value = cash + units * close[t];
    if (value <= 0) return t;
    equity[t] = value;
  }
  return to;
}

/** All-in mode by segments of constant target; gives the bar of ruin, or the number of bars. */
function allInEquity(input: EngineInput, c: number, fills: FillSink, equity: Float64Array): number {
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
    const held = markHeld(account, close, opens, filledAt, from, at, equity);
    if (held !== at) {
      const ruined = held < 0 ? -1 - held : held;
      account.ruin(held < 0 ? fillPrices[ruined] : close[ruined], ruined);
      return ruined;
    }
    if (at === n) return n;
    if (account.equityAt(fillPrices[at]) <= 0) {
      account.ruin(fillPrices[at], at);
      return at;
    }
    target = p[t];
    account.moveToWeight(target, fillPrices[at], at);
    filledAt = at;
    from = at;
  }
  return n;
}

/**
 * Unit sizing with capital by increments: dE = u_before (F - C_(t-1)) + u_after (C_t - F) - cost. Gives the bar of ruin, or
 * the number of bars.
 */
function sizedEquity(input: EngineInput, c: number, fills: FillSink, equity: Float64Array): number {
  const { close, targets: p } = input;
  const sizing = input.sizing as Sizing;
  const capital = input.capital as number;
  const fixedFee = input.costs.fixedFee ?? 0;
  const atOpen = input.fill === 'next_open';
  const fillPrices = atOpen ? (input.open as Float64Array) : close;
  let value = capital;
  let units = 0;
  let wanted = 0;
  for (let t = 0; t < close.length; t++) {
    const before = t > 0 ? units * (fillPrices[t] - close[t - 1]) : 0;
    if (value + before <= 0) {
      if (units !== 0) fills.push(t, fillPrices[t], -units, 0, 'ruin');
      return t;
    }
    if (!atOpen) wanted = decide(t, value + before);
    let after = units;
    let fee = 0;
    if (wanted !== units) {
      fee = c * Math.abs(wanted - units) * fillPrices[t] + fixedFee;
      fills.push(t, fillPrices[t], wanted - units, fee, 'signal');
      after = wanted;
    }
    value += before + after * (close[t] - fillPrices[t]) - fee;
    units = after;
    if (value <= 0) {
      if (units !== 0) fills.push(t, close[t], -units, 0, 'ruin');
      return t;
    }
    equity[t] = value / capital;
    if (atOpen) wanted = decide(t, value);
  }
  return close.length;

  function decide(t: number, equityNow: number): number {
    const changed = p[t] !== (t > 0 ? p[t - 1] : 0);
    const units_ = desiredUnits(sizing, p[t], changed, t, equityNow, close[t], units);
    return isSendable(sizing, units_ - units, close[t], units_) ? units_ : units;
  }
}
