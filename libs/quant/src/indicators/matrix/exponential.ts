import { exponentialMeanSize, exponentialMeanStep } from '../state/exponential-mean';
import { type Lane, lanesLength, LaneTable } from './lanes';
import type { MatrixKernels } from './kernels/matrix-kernels';
import type { Series, Step } from './series';

/** `exponentialMeanStep` over tiles, its first `skip` bars left out. */
export class ExponentialStep implements Step, Lane {
  readonly writes: readonly Series[];
  readonly stateLength = exponentialMeanSize;
  state: Float64Array = new Float64Array(0);

  constructor(
    readonly x: Series,
    readonly out: Series,
    readonly seed: number,
    /** The share that a new value has. */
    readonly factor: number,
    protected readonly skip = 0,
  ) {
    this.writes = [out];
  }

  get warm(): boolean {
    return this.state[0] === this.seed;
  }

  begin(state: Float64Array): void {
    this.state = state;
  }

  run(from: number, to: number): void {
    const { state, seed, factor, skip } = this;
    const { values: x, shift: sx } = this.x;
    const { values: out, shift: so } = this.out;
    for (let i = from; i < to; i++)
      out[i + so] = i < skip ? NaN : exponentialMeanStep(state, 0, seed, factor, x[i + sx]);
  }
}

const LANES = 8;

/** Averages that do not wait for each other, in turn on each bar: one addition after the other would leave the processor idle. */
export class ExponentialGroup implements Step {
  readonly writes: readonly Series[];
  readonly stateLength: number;
  private kernels: MatrixKernels | null = null;
  private table!: LaneTable;

  constructor(private readonly steps: readonly ExponentialStep[]) {
    this.writes = steps.flatMap((step) => step.writes);
    this.stateLength = lanesLength + steps.length * exponentialMeanSize;
  }

  begin(state: Float64Array, kernels: MatrixKernels | null): void {
    this.kernels = kernels;
    if (kernels) this.table = new LaneTable(state);
    this.steps.forEach((step, k) => {
      const start = lanesLength + k * exponentialMeanSize;
      step.begin(state.subarray(start, start + exponentialMeanSize));
    });
  }

  run(from: number, to: number): void {
    const { steps } = this;
    for (let k = 0; k < steps.length; k += LANES) {
      const group = steps.slice(k, k + LANES);
      if (this.kernels && group.every(({ warm }) => warm)) this.together(group, this.kernels, from, to);
      else for (const step of group) step.run(from, to);
    }
  }

  /** A missing input makes the mean missing: then the bars are taken again one by one. */
  private together(group: readonly ExponentialStep[], kernels: MatrixKernels, from: number, to: number): void {
    const even = to - ((to - from) % 2);
    const before = group.map(({ state }) => state[1]);
    const means = this.table.run(loopOf(kernels, group.length), group, before, from, even - from);
    group.forEach((step, k) => {
      const whole = means[k] - means[k] === 0;
      if (whole) step.state[1] = means[k];
      step.run(whole ? even : from, to);
    });
  }
}

function loopOf(kernels: MatrixKernels, lanes: number): MatrixKernels['exponentialMeans8'] {
  if (lanes > 4) return kernels.exponentialMeans8;
  return lanes > 2 ? kernels.exponentialMeans4 : kernels.exponentialMeans2;
}

/**
 * Wilder's mean of the directional indices from bar `seed` on, as ADX has it: one that is missing, for want of movement,
 * adds nothing to the seed and later leaves the mean as it is.
 */
export class AverageIndexStep extends ExponentialStep {
  override run(from: number, to: number): void {
    const { state, seed, factor } = this;
    const { values: x, shift: sx } = this.x;
    const { values: out, shift: so } = this.out;
    for (let i = from; i < to; i++) {
      const index = x[i + sx];
      const moved = index === index;
      if (i < seed) out[i + so] = NaN;
      else if (!moved && i >= 2 * seed - 1) out[i + so] = state[1];
      else out[i + so] = exponentialMeanStep(state, 0, seed, factor, moved ? index : 0);
    }
  }
}
