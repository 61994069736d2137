import { indicators } from '../indicators/catalog';
import { computeIndicator } from '../indicators/compute-indicator';
import type { SweepTemplate } from './templates';
import { checkGrid } from './templates';

/**
 * Target position (0 or 1) of one cell of a template, decided at each close, for an engine run in mode `all_in` with
 * fill `close`: the same trades as the cell of the sweep. Throws RangeError on parameters the template excludes.
 */
export function templateTargets(
  template: SweepTemplate,
  closes: Float64Array,
  first: number,
  second: number,
): Float64Array {
  checkGrid(template, { first: Float64Array.of(first), second: Float64Array.of(second) });
  const compute = (key: string, params: Record<string, number>): Float64Array =>
    computeIndicator(indicators.get(key)!, [closes], params)[0];
  if (template === 'bollinger-hysteresis') return hysteresis(compute('zscore', { window: first, ddof: 0 }), second);
  if (first >= second) throw new RangeError(`fast must be below slow ${second}, was ${first}`);
  return cross(compute('sma', { window: first }), compute('sma', { window: second }));
}

function hysteresis(z: Float64Array, threshold: number): Float64Array {
  const targets = new Float64Array(z.length);
  let held = 0;
  for (let i = 0; i < z.length; i++) {
    if (z[i] > threshold) held = 1;
    else if (z[i] < 0) held = 0;
    targets[i] = held;
  }
  return targets;
}

function cross(fast: Float64Array, slow: Float64Array): Float64Array {
  const targets = new Float64Array(fast.length);
  let armed = false;
  let held = 0;
  for (let i = 0; i < fast.length; i++) {
    if (fast[i] < slow[i]) {
      armed = true;
      held = 0;
    } else if (armed && fast[i] > slow[i]) held = 1;
    targets[i] = held;
  }
  return targets;
}
