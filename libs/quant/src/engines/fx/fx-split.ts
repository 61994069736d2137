import type { EngineInput, EngineResult } from '../types';
import { UnitsHeld } from '../units-held';
import type { FxRates } from './convert-input';

/** Parts of what a run made in each bar, as fractions of the starting equity. */
export interface FxSplit {
  /** Of the prices, at the rate at which the position was entered. */
  readonly price: Float64Array;
  /** Of the rates: the rest of what the position made. */
  readonly fx: Float64Array;
  /** What was lost beyond everything there was, in the bar of ruin. */
  readonly writtenOff: Float64Array;
}

/** One position between its fills: u units from price P0 and rate f0 to P1, f1 make u (P1 f1 - P0 f0), u (P1 - P0) f_e of it by price. */
class Walk {
  /** Signed, per unit of starting equity. */
  units = 0;
  price = NaN;
  rate = NaN;
  private entered = NaN;
  constructor(private readonly split: FxSplit) {}

  to(t: number, price: number, rate: number): void {
    if (this.units !== 0) {
      const all = this.units * (price * rate - this.price * this.rate);
      const byPrice = this.units * (price - this.price) * this.entered;
      this.split.price[t] += byPrice;
      this.split.fx[t] += all - byPrice;
    }
    this.price = price;
    this.rate = rate;
  }

  hold(units: number): void {
    if (units * this.units <= 0) this.entered = this.rate;
    this.units = units;
  }
}

/**
 * What of a run in the account's currency came of prices and what of rates. Entered is a position where it leaves 0 or turns.
 * In every bar price + fx + written off - costs is the change of the equity.
 * @param quoted the input in the quote's currency
 * @param result of the run over `convertInput`, with its fills
 */
export function fxSplit(quoted: EngineInput, fx: FxRates, result: EngineResult): FxSplit {
  const { close, mode } = quoted;
  const n = close.length;
  const split = { price: new Float64Array(n), fx: new Float64Array(n), writtenOff: new Float64Array(n) };
  const walk = new Walk(split);
  const bar = mode === 'weight' ? weightBar(quoted, fx, result, walk) : unitBar(quoted, fx, result, walk);
  const { equity, costs } = result;
  for (let t = 0; t < n; t++) {
    const before = t > 0 ? equity[t - 1] : 1;
    if (before === 0) break;
    bar(t, before);
    if (equity[t] > 0) continue;
    const charged = costs.fees[t] + costs.spread[t] + costs.slippage[t] + costs.borrow[t] + costs.funding[t];
    split.writtenOff[t] = -before - split.price[t] - split.fx[t] + charged;
  }
  return split;
}

function weightBar(
  { open, close, fill, interventions: acts }: EngineInput,
  fx: FxRates,
  { positions }: EngineResult,
  walk: Walk,
): (t: number, before: number) => void {
  let k = 0;
  let held = 0;
  return (t, before) => {
    let value = before;
    const to = (price: number, rate: number): void => {
      const worth = walk.price * walk.rate;
      walk.to(t, price, rate);
      if (held !== 0) value *= 1 + held * ((price * rate) / worth - 1);
    };
    const hold = (weight: number): void => {
      held = weight;
      walk.hold(weight === 0 ? 0 : (weight * value) / (walk.price * walk.rate));
    };
    // a weight is kept, so its units change with the equity
    if (t > 0) hold(held);
    if (fill === 'next_open' && t > 0) {
      to(open![t], fx.open[t]);
      hold(positions[t - 1]);
    }
    for (; acts !== undefined && k < acts.index.length && acts.index[k] === t; k++) {
      to(acts.price[k], fx.open[t]);
      hold(acts.weight[k]);
    }
    to(close[t], fx.close[t]);
    if (fill === 'close') hold(positions[t]);
  };
}

function unitBar(
  { close, fill, mode, capital }: EngineInput,
  fx: FxRates,
  { fills }: EngineResult,
  walk: Walk,
): (t: number) => void {
  const { index, price, units, within, reason } = fills!;
  const scale = mode === 'fixed_qty' ? capital! : 1;
  const atClose = fill === 'close';
  const held = new UnitsHeld();
  let k = 0;
  return (t) => {
    for (; k < index.length && index[k] === t; k++) {
      const ruinedAtClose = reason[k] === 'ruin' && price[k] === close[t] * fx.close[t];
      const rate = (atClose && !within[k] && reason[k] !== 'ruin') || ruinedAtClose ? fx.close[t] : fx.open[t];
      walk.to(t, price[k] / rate, rate);
      walk.hold(held.add(units[k]) / scale);
    }
    walk.to(t, close[t], fx.close[t]);
  };
}
