import { costPerSide, isPlain, OrderCosts } from './costs';
import { NOTHING_LEFT } from './weight-path';
import { reasonOf } from './protection/types';
import { excursions, type FillMoment } from './round-trips';
import type { EngineInput, Trade } from './types';

/**
 * Round trips of mode `weight`: maximal runs of one sign of the filled weight.
 * The gross return compounds weight x price return over every part of a bar the trip was held, the net return
 * multiplies in 1 - c |delta|, or what the order cost of the equity, for each of its fills; a flip charges each trip its own side.
 * @param equity the engine's equity, for fees as fractions of the starting equity.
 */
export function weightRoundTrips(input: EngineInput, equity: Float64Array): Trade[] {
  const { close, targets, fill } = input;
  const n = close.length;
  const atOpen = fill === 'next_open';
  const fillPrices = atOpen ? (input.open as Float64Array) : close;
  // all orders again in their sequence, so that the tiers see what they saw
  const orders = isPlain(input) ? undefined : new OrderCosts(input, input.capital ?? 1);
  const perSide = costPerSide(input.costs);
  const trades: Trade[] = [];
  let held = 0;
  let side = 0;
  let entryIndex = -1;
  let entryPrice = NaN;
  let gross = 1;
  let net = 1;
  let fees = 0;
  let peak = 0;
  const plain = atOpen ? 'open' : 'close';
  let entered: FillMoment = plain;

  const finish = (exitIndex: number, exitPrice: number, reason: string, left: FillMoment = plain): void => {
    trades.push({
      side: side > 0 ? 'long' : 'short',
      entryIndex,
      exitIndex,
      entryPrice,
      exitPrice,
      quantity: peak,
      grossReturn: gross - 1,
      netReturn: net - 1,
      fees,
      barsHeld: (exitIndex < 0 ? n - 1 : exitIndex) - entryIndex,
      ...excursions(input, side > 0, entryPrice, entryIndex, exitIndex, exitPrice, entered, left),
      reason,
    });
    side = 0;
  };
  const grow = (factor: number): void => {
    gross *= factor;
    net *= factor;
  };
  const pay = (delta: number, equityBefore: number, t: number, price: number): void => {
    const cost =
      orders === undefined
        ? perSide * Math.abs(delta)
        : orders.of(t, (delta * equityBefore) / price, price) / equityBefore;
    net *= 1 - cost;
    fees += cost * equityBefore;
  };

  /** Moves the trip's value to a price of bar t; false when that is its ruin. */
  const pass = (t: number, from: number, price: number): boolean => {
    if (side === 0) return true;
    const factor = 1 + held * (price / from - 1);
    grow(factor);
    if (factor > NOTHING_LEFT) return true;
    finish(t, price, 'ruin');
    return false;
  };
  const hold = (t: number, price: number, wanted: number, code: number, moment: FillMoment): void => {
    if (wanted === held) return;
    const equityBefore = t > 0 ? equity[t - 1] : 1;
    if (side !== 0 && (wanted === 0 || Math.sign(wanted) !== side)) {
      pay(held, equityBefore, t, price);
      finish(t, price, wanted === 0 ? reasonOf(code) : 'flip', moment);
    } else if (side !== 0) {
      pay(wanted - held, equityBefore, t, price);
    }
    if (side === 0 && wanted !== 0) {
      side = Math.sign(wanted);
      entryIndex = t;
      entryPrice = price;
      entered = moment;
      gross = 1;
      net = 1;
      fees = 0;
      peak = 0;
      pay(wanted, equityBefore, t, price);
    }
    held = wanted;
    peak = Math.max(peak, Math.abs(held));
  };

  const { interventions: acts } = input;
  let k = 0;
  for (let t = 0; t < n; t++) {
    let cursor = close[Math.max(t - 1, 0)];
    if (atOpen && t > 0) {
      if (!pass(t, cursor, fillPrices[t])) return trades;
      cursor = fillPrices[t];
      hold(t, cursor, targets[t - 1], acts === undefined ? 0 : acts.decided[t - 1], 'open');
    }
    for (; acts !== undefined && k < acts.index.length && acts.index[k] === t; k++) {
      if (!pass(t, cursor, acts.price[k])) return trades;
      cursor = acts.price[k];
      hold(t, cursor, acts.weight[k], acts.reason[k], 'intrabar');
    }
    if (!pass(t, cursor, close[t])) return trades;
    if (!atOpen) hold(t, close[t], targets[t], acts === undefined ? 0 : acts.decided[t], 'close');
    if (equity[t] <= 0) {
      if (side !== 0) finish(t, close[t], 'ruin');
      return trades;
    }
  }
  if (side !== 0) finish(-1, NaN, 'open');
  return trades;
}
