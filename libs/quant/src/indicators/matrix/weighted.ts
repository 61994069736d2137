import { rollingWeightedSumSize } from '../state/rolling-weighted-sum';
import type { MatrixKernels } from './kernels/matrix-kernels';
import { addressOf, keepBars, MOST_WINDOW, type Series, type Step } from './series';

/** `rollingWeightedSumStep` over tiles of a column without gaps: sum, weighted sum and the number of equal newest values. */
export class WeightedSumStep implements Step {
  readonly writes: readonly Series[];
  readonly stateLength: number;
  private state: Float64Array = new Float64Array(0);
  private kernels: MatrixKernels | null = null;

  constructor(
    private readonly x: Series,
    private readonly sum: Series,
    private readonly weighted: Series,
    private readonly equal: Series,
    private readonly window: number,
  ) {
    this.writes = [sum, weighted, equal];
    // one more: the weighted suffix sum of nothing
    this.stateLength = rollingWeightedSumSize(window) + 1;
    if (window <= MOST_WINDOW) keepBars(x, window);
  }

  begin(state: Float64Array, kernels: MatrixKernels | null): void {
    this.state = state;
    this.kernels = this.window > 1 && this.window <= MOST_WINDOW ? kernels : null;
  }

  run(from: number, to: number): void {
    const { kernels, state, window } = this;
    const start = kernels ? Math.min(to, Math.max(from, window)) : to;
    if (from < start) this.plain(from, start);
    if (start === to) return;
    const [x, sum, weighted, equal] = [this.x, this.sum, this.weighted, this.equal].map((s) => addressOf(s, start));
    kernels!.rollingWeighted(state.byteOffset, x, sum, weighted, equal, to - start, window);
  }

  private plain(from: number, to: number): void {
    const { state: s, window } = this;
    const { values: x, shift: sx } = this.x;
    const { values: sums, shift: ss } = this.sum;
    const { values: weights, shift: sw } = this.weighted;
    const { values: equals, shift: se } = this.equal;
    const places = 8 + window;
    let position = s[0] | 0;
    let full = s[1] !== 0;
    let run = s[2] | 0;
    let last = s[3];
    let prefix = s[4];
    let weightedPrefix = s[5];
    for (let i = from; i < to; i++) {
      const value = x[i + sx];
      run = value === last && run > 0 ? run + 1 : 1;
      last = value;
      equals[i + se] = run;
      prefix += value;
      s[8 + position] = value;
      position++;
      weightedPrefix += position * value;
      if (position < window) {
        const rest = window - position;
        sums[i + ss] = full ? s[8 + position] + prefix : NaN;
        weights[i + sw] = full ? s[places + position] + (weightedPrefix + rest * prefix) : NaN;
        continue;
      }
      sums[i + ss] = prefix;
      weights[i + sw] = weightedPrefix;
      let suffix = 0;
      let weightedSuffix = 0;
      for (let j = window - 1; j > 0; j--) {
        suffix += s[8 + j];
        weightedSuffix += suffix;
        s[8 + j] = suffix;
        s[places + j] = weightedSuffix;
      }
      position = prefix = weightedPrefix = 0;
      full = true;
    }
    s[0] = position;
    s[1] = full ? 1 : 0;
    s[2] = run;
    s[3] = last;
    s[4] = prefix;
    s[5] = weightedPrefix;
  }
}
