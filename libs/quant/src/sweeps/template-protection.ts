import { highestTie, lowestTie, WITH_UNIT } from '../comparison/comparison';
import {
  BAR,
  HIGH_PRICE,
  LOW_PRICE,
  OPEN_PRICE,
  type ProtectionRule,
  RULE,
  writeRule,
} from '../kernels/protected-cells';
import { isBar } from '../series/bar-range';

/** Optional axes of a template sweep in grid order, after the parameters of the template, the last fastest. */
export const protectionAxes = ['stopLoss', 'takeProfit', 'trailingStop', 'size'] as const;
export type ProtectionAxis = (typeof protectionAxes)[number];

/** Values of the optional axes, each strictly ascending; what is absent protects nothing, an absent size is 1. */
export type ProtectionGrid = { readonly [A in ProtectionAxis]?: Float64Array };

/** Prices of the bars beside their closes. */
export interface SweepBars {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
}

/** True if the cells need the pass bar by bar: the grid has one of the optional axes. */
export function isProtected(grid: ProtectionGrid): boolean {
  return protectionAxes.some((axis) => grid[axis] !== undefined);
}

/** True if a grid or protection has levels that a bar may reach between two closes. */
export const readsBars = ({ stopLoss, takeProfit, trailingStop }: { [A in ProtectionAxis]?: unknown }): boolean =>
  stopLoss !== undefined || takeProfit !== undefined || trailingStop !== undefined;

/** Throws RangeError that names the axis, its rule and the value. */
export function checkProtection(grid: ProtectionGrid): void {
  for (const axis of protectionAxes) {
    const values = grid[axis];
    if (values === undefined) continue;
    const [fits, rule] =
      axis === 'takeProfit'
        ? [(x: number): boolean => x > 0 && x < Infinity, 'a number above 0']
        : axis === 'size'
          ? [(x: number): boolean => x > 0 && x <= 1, 'above 0 and at most 1']
          : [(x: number): boolean => x > 0 && x < 1, 'above 0 and below 1'];
    values.forEach((value, i) => {
      if (!fits(value)) throw new RangeError(`${axis} must be ${rule}, was ${value}`);
      if (i > 0 && value <= values[i - 1])
        throw new RangeError(`${axis} must be strictly ascending, had ${value} after ${values[i - 1]}`);
    });
  }
}

/** Throws RangeError when the bars a grid needs are missing, or are no bars. */
export function checkSweepBars(grid: ProtectionGrid, closes: Float64Array, bars: SweepBars | undefined): void {
  if (!readsBars(grid)) return;
  if (bars === undefined)
    throw new RangeError('bars must be given with stopLoss, takeProfit or trailingStop, was undefined');
  const { open, high, low } = bars;
  for (const column of ['open', 'high', 'low'] as const)
    if (bars[column].length !== closes.length)
      throw new RangeError(`bars.${column}.length must be ${closes.length} like closes, was ${bars[column].length}`);
  for (let i = 0; i < closes.length; i++) {
    const [o, h, l, c] = [open[i], high[i], low[i], closes[i]];
    if (!isBar(o, h, l, c))
      throw new RangeError(
        `bars must have 0 < low <= open, close <= high, was open ${o}, high ${h}, low ${l}, close ${c} at bar ${i}`,
      );
  }
}

/** Every combination of the optional axes in grid order; one that protects nothing when there are none. */
export function protectionRules(grid: ProtectionGrid): ProtectionRule[] {
  let rules: ProtectionRule[] = [{ stopLoss: NaN, takeProfit: NaN, trailingStop: NaN, size: 1 }];
  for (const axis of protectionAxes) {
    const values = grid[axis];
    if (values !== undefined)
      rules = rules.flatMap((rule) => Array.from(values, (value) => ({ ...rule, [axis]: value })));
  }
  return rules;
}

/** The rules as the kernels read them. */
export function ruleColumns(rules: readonly ProtectionRule[]): Float64Array {
  const columns = new Float64Array(rules.length * RULE);
  rules.forEach((rule, k) => writeRule(columns, k * RULE, rule));
  return columns;
}

/** The bars as the kernels read them; where only sizes are swept the closes stand in for the other prices. */
export function barColumns(closes: Float64Array, bars: SweepBars | undefined): Float64Array {
  const { open, high, low } = bars ?? { open: closes, high: closes, low: closes };
  const columns = new Float64Array(closes.length * BAR);
  for (let i = 0, at = 0; i < closes.length; i++, at += BAR) {
    columns[at] = closes[i];
    columns[at + LOW_PRICE] = lowestTie(low[i], WITH_UNIT);
    columns[at + HIGH_PRICE] = highestTie(high[i], WITH_UNIT);
    columns[at + OPEN_PRICE] = open[i];
  }
  return columns;
}
