import { computeIndicator, indicators } from '../../indicators';
import { atrWindows } from './order-rules';
import { PositionRules } from './position-rules';
import type { Interventions, OrderRules } from './types';

/** Columns of one length; where open, high or low is missing the other prices of the bar stand in. */
export interface RuledBars {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

/** Targets as the rules leave them, and what happens beside them. */
export interface RuledTargets {
  readonly targets: Float64Array;
  readonly interventions: Interventions;
}

/** All bars at once, with the bits of `OrderRulesStream`. @param wanted the strategy's weight at each close */
export function applyOrderRules(
  rules: OrderRules,
  fillsAtClose: boolean,
  { open, high, low, close }: RuledBars,
  wanted: Float64Array,
): RuledTargets {
  const n = close.length;
  const atr = indicators.get('atr')!;
  const columns = atrWindows(rules).map((window) => computeIndicator(atr, [high, low, close], { window })[0]);
  const ranges = new Float64Array(columns.length);
  const machine = new PositionRules(rules, fillsAtClose);
  const targets = new Float64Array(n);
  const decided = new Uint8Array(n);
  const index: number[] = [];
  const price: number[] = [];
  const weight: number[] = [];
  const reason: number[] = [];
  for (let t = 0; t < n; t++) {
    for (let k = 0; k < columns.length; k++) ranges[k] = columns[k][t];
    machine.step(open[t], high[t], low[t], close[t], wanted[t], ranges);
    targets[t] = machine.weight;
    decided[t] = machine.decided;
    for (let k = 0; k < machine.fills; k++) {
      index.push(t);
      price.push(machine.fillPrice[k]);
      weight.push(machine.fillWeight[k]);
      reason.push(machine.fillReason[k]);
    }
  }
  const interventions = {
    index: Int32Array.from(index),
    price: Float64Array.from(price),
    weight: Float64Array.from(weight),
    reason: Uint8Array.from(reason),
    decided,
  };
  return { targets, interventions };
}
