import type { Rebalance } from '@assay/contracts';
import { DAY_MS } from '@assay/primitives';

const NONE = -1e9;

function monthOf(day: number): number {
  const date = new Date(day * DAY_MS);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** Weeks begin on Monday; 1970-01-01 was a Thursday. */
const weekOf = (day: number): number => Math.floor((day + 3) / 7);

/**
 * At which bars a portfolio is made anew: every n-th, or the first or last session of each week or month. The last is
 * known from the calendar; the first is the first bar of its period, whichever session that is.
 */
export class RebalanceClock {
  private bars = 0;
  private before = NONE;
  /** Period that has had its turn. */
  private done = NONE;

  constructor(private readonly rule: Rebalance) {}

  /** Takes the next bar; true when it is one. */
  step(day: number, next: number): boolean {
    const { rule } = this;
    const bar = this.bars;
    this.bars += 1;
    if (rule.kind === 'bars') return bar % rule.every === 0;
    const periodOf = rule.kind === 'weekly' ? weekOf : monthOf;
    const period = periodOf(day);
    const isEdge = rule.session === 'last' ? periodOf(next) !== period : bar > 0 && periodOf(this.before) !== period;
    this.before = day;
    if (!isEdge || period === this.done) return false;
    this.done = period;
    return true;
  }

  save(): Float64Array {
    return Float64Array.of(this.bars, this.before, this.done);
  }

  load([bars, before, done]: Float64Array): void {
    this.bars = bars;
    this.before = before;
    this.done = done;
  }
}
