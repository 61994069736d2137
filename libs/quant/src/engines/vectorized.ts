import { UnitAccount } from './account';
import { checkEngineInput, costPerSide } from './check-input';
import { FillLog } from './fill-log';
import { roundTrips } from './round-trips';
import { desiredUnits, isSendable } from './sizing';
import type { EngineInput, EngineResult, Sizing } from './types';
import { weightRoundTrips } from './weight-trips';

/** Weight mode, close: r_t = p_(t-1)(C_t/C_(t-1) - 1) - c|p_t - p_(t-1)|. */
function weightCloseReturns(close: Float64Array, p: Float64Array, c: number, out: Float64Array): void {
  if (close.length > 0) out[0] = 0 - c * Math.abs(p[0]);
  for (let t = 1; t < close.length; t++)
    out[t] = p[t - 1] * (close[t] / close[t - 1] - 1) - c * Math.abs(p[t] - p[t - 1]) + 0;
}

/** Weight mode, next_open: r_t = (1 + p_(t-2)(O_t/C_(t-1) - 1))(1 + p_(t-1)(C_t/O_t - 1)) - 1 - c|p_(t-1) - p_(t-2)|. */
function weightNextOpenReturns(
  open: Float64Array,
  close: Float64Array,
  p: Float64Array,
  c: number,
  out: Float64Array,
): void {
  for (let t = 1; t < close.length; t++) {
    const before = t >= 2 ? p[t - 2] : 0;
    const overnight = 1 + before * (open[t] / close[t - 1] - 1);
    // two losses beyond everything must not multiply into a gain
    out[t] =
      overnight <= 0 ? -1 : overnight * (1 + p[t - 1] * (close[t] / open[t] - 1)) - 1 - c * Math.abs(p[t - 1] - before);
  }
}

/** Compounds returns from 1; at or below zero the account is ruined: the return becomes -1, later ones 0. */
function compound(returns: Float64Array, equity: Float64Array): void {
  let value = 1;
  for (let t = 0; t < returns.length; t++) {
    if (value <= 0) returns[t] = 0;
    else if (returns[t] <= -1) {
      returns[t] = -1;
      value = 0;
    } else value *= 1 + returns[t];
    equity[t] = value;
  }
}

function returnsOf(equity: Float64Array, out: Float64Array): void {
  let before = 1;
  for (let t = 0; t < equity.length; t++) {
    out[t] = before > 0 ? equity[t] / before - 1 : 0;
    before = equity[t];
  }
}

/** All-in mode by segments of constant target: inside a segment equity is cash + units x close. */
function allInEquity(input: EngineInput, c: number, log: FillLog, equity: Float64Array): void {
  const { close, targets: p } = input;
  const n = close.length;
  const lag = input.fill === 'next_open' ? 1 : 0;
  const fillPrices = lag === 1 ? (input.open as Float64Array) : close;
  const account = new UnitAccount(1, c, 0, log);
  let from = 0;
  let filledAt = -1;
  const markUntil = (to: number): boolean => {
    const { cash, units } = account;
    // a position that cash covers cannot be ruined between two closes
    const opens = lag === 1 && (cash < 0 || units < 0) ? fillPrices : undefined;
    for (let t = from; t < to; t++) {
      if (opens !== undefined && t > filledAt && cash + units * opens[t] <= 0) {
        account.ruin(opens[t], t);
        return false;
      }
      const value = cash + units * close[t];
      if (value <= 0) {
        account.ruin(close[t], t);
        return false;
      }
      equity[t] = value;
    }
    from = to;
    return true;
  };
  for (let t = 0; t + lag < n; t++) {
    if (p[t] === (t > 0 ? p[t - 1] : 0)) continue;
    const at = t + lag;
    if (!markUntil(at)) return;
    if (account.equityAt(fillPrices[at]) <= 0) return account.ruin(fillPrices[at], at);
    account.moveToWeight(p[t], fillPrices[at], at);
    filledAt = at;
  }
  markUntil(n);
}

/** Unit sizing with capital by increments: dE = u_before (F - C_(t-1)) + u_after (C_t - F) - cost. */
function sizedEquity(input: EngineInput, c: number, log: FillLog, equity: Float64Array): void {
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
      if (units !== 0) log.push(t, fillPrices[t], -units, 0, 'ruin');
      return;
    }
    if (!atOpen) wanted = decide(t, value + before);
    let after = units;
    let fee = 0;
    if (wanted !== units) {
      fee = c * Math.abs(wanted - units) * fillPrices[t] + fixedFee;
      log.push(t, fillPrices[t], wanted - units, fee, 'signal');
      after = wanted;
    }
    value += before + after * (close[t] - fillPrices[t]) - fee;
    units = after;
    if (value <= 0) {
      if (units !== 0) log.push(t, close[t], -units, 0, 'ruin');
      return;
    }
    equity[t] = value / capital;
    if (atOpen) wanted = decide(t, value);
  }

  function decide(t: number, equityNow: number): number {
    const changed = p[t] !== (t > 0 ? p[t - 1] : 0);
    const units_ = desiredUnits(sizing, p[t], changed, t, equityNow, close[t], units);
    return isSendable(sizing, units_ - units, close[t], units_) ? units_ : units;
  }
}

/**
 * Array engine: the formulas of the three accounting modes written over whole columns.
 * @throws InvalidInputError on missing columns, non-positive prices, NaN targets or impossible costs.
 */
export function runVectorized(input: EngineInput): EngineResult {
  checkEngineInput(input);
  const n = input.close.length;
  const c = costPerSide(input.costs);
  const returns = new Float64Array(n);
  const equity = new Float64Array(n);
  const positions = Float64Array.from(input.targets);
  if (input.mode === 'weight') {
    if (input.fill === 'close') weightCloseReturns(input.close, input.targets, c, returns);
    else weightNextOpenReturns(input.open as Float64Array, input.close, input.targets, c, returns);
    compound(returns, equity);
    return { returns, equity, positions, trades: weightRoundTrips(input, equity, c) };
  }
  const log = new FillLog();
  if (input.mode === 'all_in') allInEquity(input, c, log, equity);
  else sizedEquity(input, c, log, equity);
  returnsOf(equity, returns);
  return { returns, equity, positions, trades: roundTrips(log, input, input.fill === 'close' ? 'close' : 'open') };
}
