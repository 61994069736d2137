import { exponentialMeanSize, exponentialMeanStep } from '../state/exponential-mean';
import type { Lane } from './lanes';
import type { Series, Step } from './series';

/** `exponentialMeanStep` over tiles, its first `skip` bars left out. */
export class ExponentialStep implements Step, Lane {
  readonly writes: readonly Series[];
  readonly stateLength = exponentialMeanSize;
  protected state: Float64Array = new Float64Array(0);

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

  get value(): number {
    return this.state[1];
  }

  set value(mean: number) {
    this.state[1] = mean;
  }

  isWarm(): boolean {
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
