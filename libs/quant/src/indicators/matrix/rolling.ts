import { rollingMeanSize } from '../state/rolling-mean';
import { REBUILD_WINDOWS, rollingMomentsSize, rollingMomentsStep, SHRINK } from '../state/rolling-moments';
import type { MatrixKernels } from './kernels/matrix-kernels';
import { addressOf, keepBars, MOST_WINDOW, type Series, type Step } from './series';

const compiles = (window: number): boolean => window > 1 && window <= MOST_WINDOW;

/** `rollingMeanStep` over tiles with its state in variables, or compiled where no value is missing and no window rests. */
export class RollingMeanStep implements Step {
  readonly writes: readonly Series[];
  readonly stateLength: number;
  private state: Float64Array = new Float64Array(0);
  private kernels: MatrixKernels | null = null;

  constructor(
    private readonly x: Series,
    private readonly out: Series,
    private readonly window: number,
  ) {
    this.writes = [out];
    // one more: the suffix sum of nothing
    this.stateLength = rollingMeanSize(window) + 1;
    if (compiles(window)) keepBars(x, window);
  }

  begin(state: Float64Array, kernels: MatrixKernels | null): void {
    this.state = state;
    this.kernels = compiles(this.window) ? kernels : null;
  }

  run(from: number, to: number): void {
    const { kernels, state, window, x, out } = this;
    if (!kernels) return this.plain(from, to);
    for (let i = from; i < to;) {
      if (state[1] !== 0)
        i += kernels.rollingMean(state.byteOffset, addressOf(x, i), addressOf(out, i), to - i, window);
      const end = Math.min(to, i + window);
      this.plain(i, end);
      i = end;
    }
  }

  private plain(from: number, to: number): void {
    const { state: s, window } = this;
    const { values: x, shift: sx } = this.x;
    const { values: out, shift: so } = this.out;
    let position = s[0] | 0;
    let full = s[1] !== 0;
    let run = s[2] | 0;
    let last = s[3];
    let prefix = s[4];
    for (let i = from; i < to; i++) {
      const value = x[i + sx];
      if (value - value !== 0) {
        position = run = last = prefix = 0;
        full = false;
        out[i + so] = NaN;
        continue;
      }
      run = value === last && run > 0 ? run + 1 : 1;
      last = value;
      prefix += value;
      s[5 + position] = value;
      position++;
      if (position < window) {
        out[i + so] = !full ? NaN : run >= window ? value : (s[5 + position] + prefix) / window;
        continue;
      }
      out[i + so] = run >= window ? value : prefix / window;
      let suffix = 0;
      for (let j = window - 1; j > 0; j--) {
        suffix += s[5 + j];
        s[5 + j] = suffix;
      }
      position = prefix = 0;
      full = true;
    }
    s[0] = position;
    s[1] = full ? 1 : 0;
    s[2] = run;
    s[3] = last;
    s[4] = prefix;
  }
}

/** `rollingMomentsStep` over tiles: mean and sum of squared deviations, NaN while the window is not full. */
export class RollingMomentsStep implements Step {
  readonly writes: readonly Series[];
  readonly stateLength: number;
  private state: Float64Array = new Float64Array(0);
  private kernels: MatrixKernels | null = null;

  constructor(
    private readonly x: Series,
    private readonly mean: Series,
    private readonly m2: Series,
    private readonly window: number,
  ) {
    this.writes = [mean, m2];
    this.stateLength = rollingMomentsSize(window);
    if (compiles(window)) keepBars(x, window);
  }

  begin(state: Float64Array, kernels: MatrixKernels | null): void {
    this.state = state;
    this.kernels = compiles(this.window) ? kernels : null;
  }

  run(from: number, to: number): void {
    const { state, window, kernels } = this;
    for (let i = from; i < to;) {
      if (state[0] < window) i = this.stepOnce(i);
      else i = kernels ? this.compiled(kernels, i, to) : this.goOn(i, to);
    }
  }

  private compiled(kernels: MatrixKernels, from: number, to: number): number {
    const { state, window, x, mean, m2 } = this;
    const [input, means, m2s] = [x, mean, m2].map((series) => addressOf(series, from));
    const i = from + kernels.rollingMoments(state.byteOffset, input, means, m2s, to - from, window);
    return i < to ? this.stepOnce(i) : i;
  }

  private stepOnce(i: number): number {
    const { state: s, window, x, mean, m2 } = this;
    const full = rollingMomentsStep(s, 0, window, x.values[i + x.shift]);
    mean.values[i + mean.shift] = full ? s[4] : NaN;
    m2.values[i + m2.shift] = full ? s[5] : NaN;
    return i + 1;
  }

  /** Bars up to the next rebuild or missing value, which the step itself takes. */
  private goOn(from: number, to: number): number {
    const { state: s, window } = this;
    const { values: x, shift: sx } = this.x;
    const { values: means, shift: sm } = this.mean;
    const { values: m2s, shift: sq } = this.m2;
    const share = 1 / window;
    const end = Math.min(to, from + REBUILD_WINDOWS * window - 1 - s[7]);
    let head = s[1] | 0;
    let run = s[2] | 0;
    let last = s[3];
    let mean = s[4];
    let m2 = s[5];
    let peak = s[6];
    let i = from;
    for (; i < end; i++) {
      const value = x[i + sx];
      const old = s[8 + head];
      const delta = value - old;
      const next = mean + delta * share;
      const moved = m2 + delta * (value - next + (old - mean));
      // also where the value is missing
      if (!(moved * SHRINK >= peak) || value - value !== 0) break;
      s[8 + head] = value;
      head = head + 1 === window ? 0 : head + 1;
      mean = next;
      m2 = moved;
      if (m2 > peak) peak = m2;
      if (value !== last) run = 1;
      else if (++run >= window) {
        mean = value;
        m2 = 0;
      }
      last = value;
      means[i + sm] = mean;
      m2s[i + sq] = m2;
    }
    s[1] = head;
    s[2] = run;
    s[3] = last;
    s[4] = mean;
    s[5] = m2;
    s[6] = peak;
    s[7] += i - from;
    return i < to ? this.stepOnce(i) : i;
  }
}
