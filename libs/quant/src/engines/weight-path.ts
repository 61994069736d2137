import { highestTie, PURE_NUMBER } from '../comparison/comparison';
import type { EngineInput, EquityPath } from './types';

/** A growth factor at or below it, or a return at or below -1 + it, is ruin. */
export const NOTHING_LEFT = highestTie(0, PURE_NUMBER);
const RUIN = NOTHING_LEFT - 1;

/** What a weight of 1 earns in the parts of each bar; it depends on prices alone, so runs over the same prices share it. */
export interface PriceMoves {
  /** From the last close to this bar's fill price: F_t / C_(t-1) - 1; 0 on the first bar. */
  readonly toFill: Float64Array;
  /** From the fill price to the close: C_t / F_t - 1; read by fill `next_open` only. */
  readonly fromFill: Float64Array;
}

/** Writes the moves of all bars into `moves`. */
export function priceMoves({ close, open, fill }: Omit<EngineInput, 'targets'>, moves: PriceMoves): void {
  const { toFill, fromFill } = moves;
  const atOpen = fill === 'next_open';
  const fillPrices = atOpen ? (open as Float64Array) : close;
  if (close.length > 0) toFill[0] = fromFill[0] = 0;
  for (let t = 1; t < close.length; t++) toFill[t] = fillPrices[t] / close[t - 1] - 1;
  if (atOpen) for (let t = 1; t < close.length; t++) fromFill[t] = close[t] / fillPrices[t] - 1;
}

/**
 * Mode `weight`: returns and their compounding from 1. At or below zero the account is ruined: the return becomes -1, later
 * ones 0. `moves` may lie in the arrays of `path`.
 */
export function weightPath(input: EngineInput, c: number, moves: PriceMoves, path: EquityPath): void {
  const ruined =
    input.fill === 'close' ? closePath(input.targets, c, moves, path) : openPath(input.targets, c, moves, path);
  path.returns.fill(0, ruined);
  path.equity.fill(0, ruined);
}

/** r_t = p_(t-1)(C_t/C_(t-1) - 1) - c|p_t - p_(t-1)|; gives the bar after ruin. */
function closePath(p: Float64Array, c: number, { toFill }: PriceMoves, { returns, equity }: EquityPath): number {
  let value = 1;
  let before = 0;
  for (let t = 0; t < p.length; t++) {
    if (value <= 0) return t;
    const now = p[t];
    // the zero turns a negative zero into a plain one
    let r = before * toFill[t] - c * Math.abs(now - before) + 0;
    if (r <= RUIN) {
      r = -1;
      value = 0;
    } else value *= 1 + r;
    returns[t] = r;
    equity[t] = value;
    before = now;
  }
  return p.length;
}

/** r_t = (1 + p_(t-2)(O_t/C_(t-1) - 1))(1 + p_(t-1)(C_t/O_t - 1)) - 1 - c|p_(t-1) - p_(t-2)|; gives the bar after ruin. */
function openPath(
  p: Float64Array,
  c: number,
  { toFill, fromFill }: PriceMoves,
  { returns, equity }: EquityPath,
): number {
  if (p.length === 0) return 0;
  returns[0] = 0;
  equity[0] = 1;
  let value = 1;
  let before = 0;
  for (let t = 1; t < p.length; t++) {
    if (value <= 0) return t;
    const now = p[t - 1];
    const overnight = 1 + before * toFill[t];
    // two losses beyond everything must not multiply into a gain
    let r = overnight <= NOTHING_LEFT ? -1 : overnight * (1 + now * fromFill[t]) - 1 - c * Math.abs(now - before);
    if (r <= RUIN) {
      r = -1;
      value = 0;
    } else value *= 1 + r;
    returns[t] = r;
    equity[t] = value;
    before = now;
  }
  return p.length;
}
