import { NOTHING_LEFT } from './weight-path';
import { excursions } from './round-trips';
import type { EngineInput, Trade } from './types';

/**
 * Round trips of mode `weight`: maximal runs of one sign of the filled weight.
 * The gross return compounds weight x price return over every part of a bar the trip was held, the net return
 * multiplies in 1 - c |delta| for each of its fills; a flip charges each trip its own side.
 * @param equity the engine's equity, for fees as fractions of the starting equity.
 */
export function weightRoundTrips(input: EngineInput, equity: Float64Array, costPerSide: number): Trade[] {
  const { close, targets, fill } = input;
  const n = close.length;
  const atOpen = fill === 'next_open';
  const fillPrices = atOpen ? (input.open as Float64Array) : close;
  const first = atOpen ? 1 : 0;
  const trades: Trade[] = [];
  let held = 0;
  let side = 0;
  let entryIndex = -1;
  let entryPrice = NaN;
  let gross = 1;
  let net = 1;
  let fees = 0;
  let peak = 0;

  const finish = (exitIndex: number, exitPrice: number, reason: string): void => {
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
      ...excursions(input, side > 0, entryPrice, entryIndex, exitIndex, exitPrice, atOpen ? 'open' : 'close'),
      reason,
    });
    side = 0;
  };
  const grow = (factor: number): void => {
    gross *= factor;
    net *= factor;
  };
  const pay = (delta: number, equityBefore: number): void => {
    const cost = costPerSide * Math.abs(delta);
    net *= 1 - cost;
    fees += cost * equityBefore;
  };

  for (let t = first; t < n; t++) {
    const equityBefore = t > 0 ? equity[t - 1] : 1;
    if (t > 0 && side !== 0) {
      const factor = 1 + held * (fillPrices[t] / close[t - 1] - 1);
      grow(factor);
      if (factor <= NOTHING_LEFT) {
        finish(t, fillPrices[t], 'ruin');
        return trades;
      }
    }
    const wanted = atOpen ? targets[t - 1] : targets[t];
    if (wanted !== held) {
      if (side !== 0 && (wanted === 0 || Math.sign(wanted) !== side)) {
        pay(held, equityBefore);
        finish(t, fillPrices[t], wanted === 0 ? 'signal' : 'flip');
      } else if (side !== 0) {
        pay(wanted - held, equityBefore);
      }
      if (side === 0 && wanted !== 0) {
        side = Math.sign(wanted);
        entryIndex = t;
        entryPrice = fillPrices[t];
        gross = 1;
        net = 1;
        fees = 0;
        peak = 0;
        pay(wanted, equityBefore);
      }
      held = wanted;
    }
    peak = Math.max(peak, Math.abs(held));
    if (atOpen && side !== 0) grow(1 + held * (close[t] / fillPrices[t] - 1));
    if (equity[t] <= 0) {
      if (side !== 0) finish(t, close[t], 'ruin');
      return trades;
    }
  }
  if (side !== 0) finish(-1, NaN, 'open');
  return trades;
}
