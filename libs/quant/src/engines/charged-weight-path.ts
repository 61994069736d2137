import { Carry, forgetBar, noteCarry, noteOrder, OrderCosts } from './costs';
import { MarginWatch } from './margin';
import type { CostColumns, EngineInput, EquityPath } from './types';
import { NOTHING_LEFT } from './weight-path';

/** Cost of going from weight to weight, on the equity at the start of the bar; a flip is two orders. */
export function weightOrders(
  orders: OrderCosts,
  t: number,
  [before, now]: readonly [number, number],
  equity: number,
  price: number,
  note: () => void,
): number {
  let cost = 0;
  const send = (weight: number): void => {
    if (weight === 0) return;
    cost += orders.of(t, (weight * equity) / price, price);
    note();
  };
  if (before * now < 0) {
    send(before);
    send(now);
  } else send(now - before);
  return cost;
}

/**
 * Mode `weight` with all costs and margin: r_t as in `weightPath`, less the orders and the carry of the bar as fractions of the
 * equity at its start. `positions` gets the targets that margin calls leave.
 */
export function chargedWeightPath(
  input: EngineInput,
  path: EquityPath,
  positions: Float64Array,
  columns: CostColumns | null,
): void {
  const { close, targets, costs, capital = 1 } = input;
  const { returns, equity } = path;
  const n = close.length;
  const open = input.fill === 'next_open' ? (input.open as Float64Array) : undefined;
  const { interventions: acts } = input;
  const orders = new OrderCosts(input, capital);
  const carry = new Carry(input);
  const margin = input.margin && new MarginWatch(input.margin);
  const carries = costs.borrowBpsPerYear! > 0 || costs.fundingColumn !== undefined;
  let value = 1;
  let held = 0;
  let growth = 1;
  let cost = 0;
  let cursor = NaN;
  let ruined = false;
  let bar = 0;
  let k = 0;
  const note = (): void => (columns === null ? undefined : noteOrder(columns, bar, orders, 1));
  const mark = (price: number): number => {
    const factor = held === 0 ? 1 : 1 + held * (price / cursor - 1);
    growth *= factor;
    cursor = price;
    return factor;
  };
  const pass = (price: number): void => {
    // two losses beyond everything must not multiply into a gain
    if (mark(price) <= NOTHING_LEFT) ruined = true;
  };
  const hold = (weight: number): void => {
    if (weight !== held && !ruined) cost += weightOrders(orders, bar, [held, weight], value, cursor, note) / value;
    held = weight;
  };

  for (; bar < n; bar++) {
    const t = bar;
    growth = 1;
    cost = 0;
    cursor = t > 0 ? close[t - 1] : close[0];
    if (carries && t > 0 && held !== 0) {
      cost += carry.of(t, held * value) / value;
      if (columns) noteCarry(columns, t, carry, 1);
    }
    if (open !== undefined && t > 0) {
      pass(open[t]);
      hold(positions[t - 1]);
    }
    for (; acts !== undefined && k < acts.index.length && acts.index[k] === t; k++) {
      pass(acts.price[k]);
      hold(acts.weight[k]);
    }
    const move = close[t] / cursor;
    const share = mark(close[t]);
    // what margin sees: the part of the bar in which the last weight was held
    positions[t] = margin ? margin.decide(targets[t], share, held * move) : targets[t];
    if (open === undefined) hold(positions[t]);
    const factor = growth - cost;
    if (ruined || factor <= NOTHING_LEFT) {
      if (columns) forgetBar(columns, t);
      returns.fill(0, t);
      equity.fill(0, t);
      returns[t] = -1;
      positions.set(targets.subarray(t), t);
      return;
    }
    returns[t] = factor - 1;
    equity[t] = value *= factor;
  }
}
