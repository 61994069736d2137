import type { MatrixKernels } from './kernels/matrix-kernels';
import { addressOf, keepBars, MOST_WINDOW, type Series, SLACK, type Step, TILE_BARS } from './series';

/**
 * Highest or lowest of the last `window` values of a column without gaps: the better of the best of the end of one block
 * of `window` bars and of the start of the next. Of equal ones the newest, as in `rolling-extreme`. The compiled form takes
 * the best of windows that are up to four times as short, and again until it has those of the full length.
 */
export class RollingExtremeStep implements Step {
  readonly writes: readonly Series[];
  /** Slots after the position hold the best of the rest of the block before, slots up to it the values of this one. */
  private readonly block: Float64Array;
  private position = 0;
  private best = NaN;
  private full = false;
  private kernels: MatrixKernels | null = null;
  private scratch: Float64Array = new Float64Array(0);
  readonly stateLength: number;

  constructor(
    private readonly x: Series,
    private readonly out: Series,
    private readonly window: number,
    private readonly sign: 1 | -1,
  ) {
    this.writes = [out];
    this.block = new Float64Array(window);
    const compiles = window > 1 && window <= MOST_WINDOW;
    this.stateLength = compiles ? 2 * scratchLength(window) : 0;
    if (compiles) keepBars(x, window);
  }

  begin(state: Float64Array, kernels: MatrixKernels | null): void {
    this.kernels = state.length > 0 ? kernels : null;
    this.scratch = state;
  }

  run(from: number, to: number): void {
    if (this.kernels) this.compiled(this.kernels, from, to);
    else this.plain(from, to);
  }

  private compiled(kernels: MatrixKernels, from: number, to: number): void {
    const { window, scratch } = this;
    const { values: out, shift: so } = this.out;
    const start = Math.min(to, Math.max(from, window - 1));
    out.fill(NaN, from + so, start + so);
    if (start === to) return;
    const four = this.sign > 0 ? kernels.highest4 : kernels.lowest4;
    const two = this.sign > 0 ? kernels.highest2 : kernels.lowest2;
    const half = 8 * scratchLength(window);
    let x = addressOf(this.x, start);
    let turn = 0;
    for (let width = 1; width < window; turn = half - turn) {
      const wider = Math.min(4 * width, window);
      // bars before `start` that the wider ones to come look back on
      const before = wider === window ? 0 : window - wider;
      const target = wider === window ? addressOf(this.out, start) : scratch.byteOffset + turn + 8 * before;
      const count = to - start + before;
      if (wider <= 2 * width) two(x - 8 * before, target - 8 * before, count, wider - width);
      else {
        const third = Math.min(2 * width, wider - width);
        four(x - 8 * before, target - 8 * before, count, width, third, wider - width);
      }
      x = target;
      width = wider;
    }
  }

  private plain(from: number, to: number): void {
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

/** Numbers for the bars of a tile and those before that a window looks back on. */
const scratchLength = (window: number): number => window + TILE_BARS + SLACK;
