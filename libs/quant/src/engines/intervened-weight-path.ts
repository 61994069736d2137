import type { EngineInput, EquityPath } from './types';
import type { Interventions } from './protection/types';
import { NOTHING_LEFT } from './weight-path';

/**
 * Mode `weight` with fills between open and close: r_t = product of (1 + weight x price return) over the parts of the bar
 * - c x sum of the changes of weight; a part or a whole bar that leaves nothing is ruin.
 */
export function intervenedWeightPath(input: EngineInput, acts: Interventions, c: number, path: EquityPath): void {
  const { close, targets, fill } = input;
  const { returns, equity } = path;
  const open = fill === 'next_open' ? (input.open as Float64Array) : undefined;
  const n = close.length;
  let k = 0;
  let value = 1;
  let held = 0;
  for (let t = 0; t < n; t++) {
    let growth = 1;
    let changed = 0;
    let cursor = t > 0 ? close[t - 1] : close[0];
    let ruined = false;
    const to = (price: number): void => {
      const factor = 1 + held * (price / cursor - 1);
      // two losses beyond everything must not multiply into a gain
      if (factor <= NOTHING_LEFT) ruined = true;
      growth *= factor;
      cursor = price;
    };
    const hold = (weight: number): void => {
      changed += Math.abs(weight - held);
      held = weight;
    };
    if (open !== undefined && t > 0) {
      to(open[t]);
      hold(targets[t - 1]);
    }
    for (; k < acts.index.length && acts.index[k] === t; k++) {
      to(acts.price[k]);
      hold(acts.weight[k]);
    }
    to(close[t]);
    if (open === undefined) hold(targets[t]);
    // the zero turns a negative zero into a plain one
    const r = growth - 1 - c * changed + 0;
    if (ruined || r <= NOTHING_LEFT - 1) {
      returns[t] = -1;
      equity[t] = 0;
      returns.fill(0, t + 1);
      equity.fill(0, t + 1);
      return;
    }
    value *= 1 + r;
    returns[t] = r;
    equity[t] = value;
  }
}
