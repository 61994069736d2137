import { requireThat } from '../errors/invalid-input';
import type { Rng } from '../random';

/** Spans of labels, both ends inclusive, starts ascending. */
export interface LabelSpans {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

const BLOCK = 64;

/**
 * Sequential bootstrap (Lopez de Prado 2018, ch. 4.5): draws rows with replacement, each with a chance in proportion to
 * its average uniqueness among the labels drawn so far and itself. A draw costs the rows it overlaps, and no allocation.
 */
export class SequentialBootstrap {
  private readonly n: number;
  private readonly first: number;
  private readonly longest: number;
  /** Labels drawn so far, per bar. */
  private readonly alive: Int32Array;
  /** What a draw takes off the sum of 1 / (alive + 1), cumulated over its bars. */
  private readonly taken: Float64Array;
  private readonly uniqueness: Float64Array;
  /** Sums of blocks of `uniqueness`. */
  private readonly blocks: Float64Array;

  constructor(private readonly spans: LabelSpans) {
    const { starts, ends } = spans;
    this.n = starts.length;
    requireThat(this.n >= 1 && ends.length === this.n, 'ends.length', `${this.n} like starts, at least 1`, ends.length);
    this.first = starts[0];
    let [last, longest] = [0, 0];
    for (let i = 0; i < this.n; i++) {
      requireThat(i === 0 || starts[i] >= starts[i - 1], `starts[${i}]`, 'in ascending order', starts[i]);
      requireThat(ends[i] >= starts[i], `ends[${i}]`, `at least ${starts[i]}`, ends[i]);
      last = Math.max(last, ends[i]);
      longest = Math.max(longest, ends[i] - starts[i]);
    }
    this.longest = longest;
    this.alive = new Int32Array(last - this.first + 1);
    this.taken = new Float64Array(longest + 2);
    this.uniqueness = new Float64Array(this.n);
    this.blocks = new Float64Array(Math.ceil(this.n / BLOCK));
  }

  /** Writes how often each row is taken by as many draws as there are rows. */
  draw(rng: Rng, counts: Int32Array): void {
    this.alive.fill(0);
    this.uniqueness.fill(1);
    this.sumBlocks();
    counts.fill(0);
    for (let d = 0; d < this.n; d++) {
      const row = this.pick(rng.next());
      counts[row]++;
      this.take(row);
    }
  }

  private sumBlocks(): void {
    this.blocks.fill(0);
    for (let i = 0; i < this.n; i++) this.blocks[(i / BLOCK) | 0] += this.uniqueness[i];
  }

  /** The row at this part of all uniqueness. */
  private pick(part: number): number {
    const { blocks, uniqueness, n } = this;
    let total = 0;
    for (let b = 0; b < blocks.length; b++) total += blocks[b];
    let rest = part * total;
    let b = 0;
    while (b < blocks.length - 1 && rest >= blocks[b]) rest -= blocks[b++];
    let row = b * BLOCK;
    const last = Math.min(row + BLOCK, n) - 1;
    while (row < last && rest >= uniqueness[row]) rest -= uniqueness[row++];
    return row;
  }

  private take(row: number): void {
    const { alive, taken, uniqueness, blocks, first } = this;
    const { starts, ends } = this.spans;
    const [start, end] = [starts[row], ends[row]];
    for (let t = start; t <= end; t++) {
      const among = alive[t - first] + 1;
      taken[t - start + 1] = taken[t - start] + (1 / among - 1 / (among + 1));
      alive[t - first] = among;
    }
    let i = this.firstFrom(start - this.longest);
    for (; i < this.n && starts[i] <= end; i++) {
      if (ends[i] < start) continue;
      const lost = taken[Math.min(ends[i], end) - start + 1] - taken[Math.max(starts[i], start) - start];
      const change = lost / (ends[i] - starts[i] + 1);
      uniqueness[i] -= change;
      blocks[(i / BLOCK) | 0] -= change;
    }
  }

  /** The first row that starts at `bar` or later. */
  private firstFrom(bar: number): number {
    let [low, high] = [0, this.n];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.spans.starts[middle] < bar) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
