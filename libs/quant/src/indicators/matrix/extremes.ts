import type { Series, Step } from './series';

/**
 * Highest or lowest of the last `window` values of a column without gaps: the better of the best of the end of one block
 * of `window` bars and of the start of the next. Of equal ones the newest, as in `rolling-extreme`.
 */
export class RollingExtremeStep implements Step {
  readonly writes: readonly Series[];
  /** Slots after the position hold the best of the rest of the block before, slots up to it the values of this one. */
  private readonly block: Float64Array;
  private position = 0;
  private best = NaN;
  private full = false;

  constructor(
    private readonly x: Series,
    private readonly out: Series,
    private readonly window: number,
    private readonly sign: 1 | -1,
  ) {
    this.writes = [out];
    this.block = new Float64Array(window);
  }

  run(from: number, to: number): void {
    if (this.sign > 0) this.highest(from, to);
    else this.lowest(from, to);
  }

  private highest(from: number, to: number): void {
    const { block, window } = this;
    const { values: x, shift: sx } = this.x;
    const { values: out, shift: so } = this.out;
    let { position, best, full } = this;
    for (let i = from; i < to; i++) {
      const value = x[i + sx];
      if (position === 0 || value >= best) best = value;
      block[position++] = value;
      if (position < window) {
        const rest = block[position];
        out[i + so] = !full ? NaN : rest > best ? rest : best;
        continue;
      }
      out[i + so] = best;
      for (let j = window - 2; j > 0; j--) if (!(block[j] > block[j + 1])) block[j] = block[j + 1];
      position = 0;
      full = true;
    }
    this.position = position;
    this.best = best;
    this.full = full;
  }

  private lowest(from: number, to: number): void {
    const { block, window } = this;
    const { values: x, shift: sx } = this.x;
    const { values: out, shift: so } = this.out;
    let { position, best, full } = this;
    for (let i = from; i < to; i++) {
      const value = x[i + sx];
      if (position === 0 || value <= best) best = value;
      block[position++] = value;
      if (position < window) {
        const rest = block[position];
        out[i + so] = !full ? NaN : rest < best ? rest : best;
        continue;
      }
      out[i + so] = best;
      for (let j = window - 2; j > 0; j--) if (!(block[j] < block[j + 1])) block[j] = block[j + 1];
      position = 0;
      full = true;
    }
    this.position = position;
    this.best = best;
    this.full = full;
  }
}
