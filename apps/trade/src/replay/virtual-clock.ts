import type { Clock } from '@assay/domain';

/** A clock that stands where it was set; it never goes back. */
export class VirtualClock implements Clock {
  constructor(private atMs = 0) {}

  nowMs(): number {
    return this.atMs;
  }

  moveTo(ms: number): void {
    if (ms < this.atMs) throw new RangeError(`the clock must not go back from ${this.atMs}, was ${ms}`);
    this.atMs = ms;
  }
}
