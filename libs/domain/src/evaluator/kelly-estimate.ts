import type { Sizing } from '@assay/contracts';
import type { PositionSize, SizedBar } from './sized-bar';

type KellySizing = Extract<Sizing, { kind: 'kelly' }>;

/**
 * Fractional Kelly: fraction x mean / variance (ddof 1) of the returns that the signals of the past made, at least 0 and at
 * most the cap. A return is signal(t-1) x (close(t) / close(t-1) - 1), at full size and before costs, of each bar that began
 * with a signal of -1 or 1, so that it does not depend on the sizes that were taken. Undefined below `min_returns` of
 * them; returns that never differ have variance 0 and the size of the cap where they are gains, else 0. O(window) a bar,
 * O(1) with all returns (Welford). Source: Kelly 1956 in Thorp's continuous approximation, f = mu / sigma^2.
 */
export class KellyEstimate implements PositionSize {
  /** [signal, close, returns so far, mean, sum of squared deviations]; the latter two of `expanding` only. */
  private readonly head = Float64Array.of(NaN, NaN, 0, 0, 0);
  /** The last returns, the oldest overwritten first; empty with `expanding`. */
  private readonly ring: Float64Array;

  constructor(private readonly sizing: KellySizing) {
    this.ring = new Float64Array(sizing.window === 'expanding' ? 0 : sizing.window);
  }

  next({ close }: SizedBar, said: number): number {
    const { head } = this;
    const [before, last] = head;
    if (before === 1 || before === -1) {
      const made = before * (close / last - 1);
      if (Number.isFinite(made)) this.take(made);
    }
    if (said === said) head[0] = said;
    head[1] = close;
    return head[2] < this.sizing.min_returns ? NaN : this.size();
  }

  save(): Float64Array {
    const state = new Float64Array(this.head.length + this.ring.length);
    state.set(this.head);
    state.set(this.ring, this.head.length);
    return state;
  }

  load(state: Float64Array): void {
    this.head.set(state.subarray(0, this.head.length));
    this.ring.set(state.subarray(this.head.length));
  }

  private take(made: number): void {
    const { head, ring } = this;
    if (ring.length > 0) {
      ring[head[2] % ring.length] = made;
      head[2] += 1;
      return;
    }
    head[2] += 1;
    const off = made - head[3];
    head[3] += off / head[2];
    head[4] += off * (made - head[3]);
  }

  private size(): number {
    const { head, ring } = this;
    let mean = head[3];
    let squares = head[4];
    let count = head[2];
    if (ring.length > 0) {
      count = Math.min(count, ring.length);
      mean = 0;
      for (let i = 0; i < count; i++) mean += ring[i];
      mean /= count;
      squares = 0;
      for (let i = 0; i < count; i++) squares += (ring[i] - mean) * (ring[i] - mean);
    }
    if (!(mean > 0)) return 0;
    return Math.min(this.sizing.cap, (this.sizing.fraction * mean * (count - 1)) / squares);
  }
}
