import { highestTie, isAbove, isBelow, lowestTie, PURE_NUMBER, WITH_UNIT } from '../comparison/comparison';
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
  if (template === 'sma-cross' && first >= second)
    throw new RangeError(`fast must be below slow ${second}, was ${first}`);
  return new TemplateTargets(template, closes).of(first, second);
}

/** Indicator columns kept at a time; a grid with more of them computes some again. */
const KEPT_BYTES = 2 ** 26;

/** `templateTargets` of many cells over the same closes: cells with a window in common share its column. */
export class TemplateTargets {
  private readonly columns = new Map<number, Float64Array>();
  private readonly mostColumns: number;
  private readonly targets: Float64Array;

  constructor(
    private readonly template: SweepTemplate,
    private readonly closes: Float64Array,
    keptBytes = KEPT_BYTES,
  ) {
    // a cell reads two at once
    this.mostColumns = Math.max(2, Math.floor(keptBytes / (closes.byteLength + 1)));
    this.targets = new Float64Array(closes.length);
  }

  /** Targets of a cell of `templateCells`, in an array that the next call overwrites. */
  of(first: number, second: number): Float64Array {
    if (this.template === 'sma-cross') cross(this.column(first), this.column(second), this.targets);
    else hysteresis(this.column(first), second, this.targets);
    return this.targets;
  }

  private column(window: number): Float64Array {
    const known = this.columns.get(window);
    if (known) return known;
    const [key, params] = this.template === 'sma-cross' ? ['sma', { window }] : ['zscore', { window, ddof: 0 }];
    const [column] = computeIndicator(indicators.get(key)!, [this.closes], params);
    if (this.columns.size >= this.mostColumns) {
      const [oldest] = this.columns.keys();
      this.columns.delete(oldest);
    }
    this.columns.set(window, column);
    return column;
  }
}

function hysteresis(z: Float64Array, threshold: number, targets: Float64Array): void {
  const entry = highestTie(threshold, PURE_NUMBER);
  const exit = lowestTie(0, PURE_NUMBER);
  let held = 0;
  for (let i = 0; i < z.length; i++) {
    if (z[i] > entry) held = 1;
    else if (z[i] < exit) held = 0;
    targets[i] = held;
  }
}

function cross(fast: Float64Array, slow: Float64Array, targets: Float64Array): void {
  let armed = false;
  let held = 0;
  for (let i = 0; i < fast.length; i++) {
    if (isBelow(fast[i], slow[i], WITH_UNIT)) {
      armed = true;
      held = 0;
    } else if (armed && isAbove(fast[i], slow[i], WITH_UNIT)) held = 1;
    targets[i] = held;
  }
}
