import { rollingMeanSize } from '../state/rolling-mean';
import { REBUILD_WINDOWS, rollingMomentsSize, rollingMomentsStep, SHRINK } from '../state/rolling-moments';
import type { Series, Step } from './series';

/** `rollingMeanStep` over tiles with its state in variables. */
export class RollingMeanStep implements Step {
  readonly writes: readonly Series[];
  private readonly state: Float64Array;

  constructor(
    private readonly x: Series,
    private readonly out: Series,
    private readonly window: number,
  ) {
    this.writes = [out];
    this.state = new Float64Array(rollingMeanSize(window));
  }

  run(from: number, to: number): void {
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
  private readonly state: Float64Array;

  constructor(
    private readonly x: Series,
    private readonly mean: Series,
    private readonly m2: Series,
    private readonly window: number,
  ) {
    this.writes = [mean, m2];
    this.state = new Float64Array(rollingMomentsSize(window));
  }

  run(from: number, to: number): void {
    for (let i = from; i < to;) i = this.state[0] < this.window ? this.stepOnce(i) : this.goOn(i, to);
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
