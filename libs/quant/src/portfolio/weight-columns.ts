import { NOTHING_LEFT } from '../engines/weight-path';
import type { EquityPath } from '../engines';
import { NO_COSTS, proportionalTotals } from './portfolio-charges';
import type { Contributions, PortfolioInput } from './types';

/**
 * Mode `weight` over whole columns. With h the held weights, o = O_t/C_(t-1) - 1 and i = C_t/O_t - 1:
 * close: r_t = sum h_(t-1) (C_t/C_(t-1) - 1) - c sum |h_t - h_(t-1)|;
 * next_open: r_t = (1 + sum h_(t-1) o)(1 + sum h_t i) - 1 - c sum |h_t - h_(t-1)|.
 * A symbol's part of a bar is what its own terms make of the equity before it, so the parts add up to the bar's return.
 */
export function weightColumns(input: PortfolioInput, c: number, held: Float64Array, path: EquityPath): Contributions {
  const { panel, fill } = input;
  const n = panel.openTimeMs.length;
  const atOpen = fill === 'next_open';
  const toFill = new Float64Array(n);
  const fromFill = new Float64Array(n);
  const traded = new Float64Array(n);
  const { close } = panel;
  const fills = atOpen ? (panel.open as Float64Array) : close;
  for (let first = 0; first < close.length; first += n) {
    let before = 0;
    for (let t = 0; t < n; t++) {
      const cell = first + t;
      const now = held[cell];
      if (before === 0 && now === 0) continue;
      if (close[cell] === close[cell]) {
        if (before !== 0) toFill[t] += before * (fills[cell] / close[cell - 1] - 1);
        if (atOpen) fromFill[t] += now * (close[cell] / fills[cell] - 1);
      }
      traded[t] += Math.abs(now - before);
      before = now;
    }
  }
  const end = compound(toFill, fromFill, traded, c, path);
  return partsOf(input, c, held, toFill, path, end);
}

/** Gives the first bar after ruin. */
function compound(
  toFill: Float64Array,
  fromFill: Float64Array,
  traded: Float64Array,
  c: number,
  { returns, equity }: EquityPath,
): number {
  let value = 1;
  for (let t = 0; t < returns.length; t++) {
    const overnight = 1 + toFill[t];
    let r = overnight <= NOTHING_LEFT ? -1 : overnight * (1 + fromFill[t]) - 1 - c * traded[t] + 0;
    const ruined = r <= NOTHING_LEFT - 1;
    if (ruined) r = -1;
    value = ruined ? 0 : value * (1 + r);
    returns[t] = r;
    equity[t] = value;
    if (ruined) return t + 1;
  }
  return returns.length;
}

function partsOf(
  { panel, fill, scored, costs: charged }: PortfolioInput,
  c: number,
  held: Float64Array,
  toFill: Float64Array,
  { equity }: EquityPath,
  end: number,
): Contributions {
  const { close, symbols } = panel;
  const n = panel.openTimeMs.length;
  const [from, to] = scored ?? [0, n];
  const atOpen = fill === 'next_open';
  const fills = atOpen ? (panel.open as Float64Array) : close;
  const contribution = new Float64Array(symbols.length);
  const costs = new Float64Array(symbols.length);
  const base = from === 0 ? 1 : equity[from - 1];
  if (base === 0) return { contribution, costs, costsByKind: NO_COSTS, writtenOff: 0 };
  const last = Math.min(to, end);
  for (let i = 0; i < symbols.length; i++) {
    const first = i * n;
    let before = from > 0 ? held[first + from - 1] : 0;
    for (let t = from; t < last; t++) {
      const cell = first + t;
      const now = held[cell];
      if (before === 0 && now === 0) continue;
      const worth = (t > 0 ? equity[t - 1] : 1) / base;
      const isThere = close[cell] === close[cell];
      // who is ruined on the way to a fill pays for none, and holds nothing after it
      const isOver = 1 + toFill[t] <= NOTHING_LEFT;
      const cost = isOver && isThere ? 0 : c * Math.abs(now - before) * worth;
      let gain = 0;
      if (isThere) {
        if (before !== 0) gain = before * (fills[cell] / close[cell - 1] - 1);
        if (atOpen && !isOver) gain += (1 + toFill[t]) * now * (close[cell] / fills[cell] - 1);
      }
      contribution[i] += gain * worth - cost;
      costs[i] += cost;
      before = now;
    }
  }
  const isRuined = last > from && equity[last - 1] === 0;
  const costsByKind = proportionalTotals(charged, costs);
  return { contribution, costs, costsByKind, writtenOff: isRuined ? -1 - sum(contribution) : 0 };
}

export function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}
