import { isAtLeast, WITH_UNIT } from '../comparison/comparison';
import type { MarginRule } from './types';

/**
 * Margin calls. At each close: equity below `maintenance` x gross exposure is a call, which the next fill answers. `close`:
 * the position is closed, and its side stays out until the target has been off or turned. `reduce`: an all-in position is
 * brought back to its target weight, which is at most `leverage.max`; a position held by weight is there already.
 *
 * The close at which the call comes, the liquidation price, follows from cash B = equity - u P at the entry: a position of u
 * units calls at P = B / (m |u| - u), so one entered with weight w at price P0 calls at P0 (w - 1) / (w (1 - m)) when long
 * with w > 1, at P0 (1 + |w|) / (|w| (1 + m)) when short. Costs and carry move it. Nothing is looked at within a bar.
 */
export class MarginWatch {
  /** Whether the position has to be filled anew although its target is the same. */
  refill = false;
  private out = 0;

  constructor(private readonly rule: MarginRule) {}

  /**
   * The target after the call, if there is one.
   * @param exposure signed, at the close, in the units of the equity
   */
  decide(target: number, equity: number, exposure: number): number {
    const gross = Math.abs(exposure);
    const called = gross > 0 && !isAtLeast(equity, this.rule.maintenance * gross, WITH_UNIT);
    this.refill = called && this.rule.onCall === 'reduce';
    if (called && this.rule.onCall === 'close') this.out = Math.sign(exposure);
    if (this.out !== 0 && Math.sign(target) !== this.out) this.out = 0;
    return this.out === 0 ? target : 0;
  }
}
