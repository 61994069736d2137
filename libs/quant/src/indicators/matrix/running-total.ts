import type { MatrixKernels } from './kernels/matrix-kernels';
import { addressOf, type Series, type Step } from './series';

/** The sum of all values so far, of a column without gaps. */
export class RunningSumStep implements Step {
  readonly writes: readonly Series[];
  readonly stateLength = 0;
  private sum = 0;
  private kernels: MatrixKernels | null = null;

  constructor(
    private readonly x: Series,
    private readonly out: Series,
  ) {
    this.writes = [out];
  }

  begin(_state: Float64Array, kernels: MatrixKernels | null): void {
    this.kernels = kernels;
  }

  run(from: number, to: number): void {
    const { values: x, shift: sx } = this.x;
    const { values: out, shift: so } = this.out;
    if (this.kernels) {
      this.sum = this.kernels.runningSum(addressOf(this.x, from), addressOf(this.out, from), to - from, this.sum);
      return;
    }
    let { sum } = this;
    for (let i = from; i < to; i++) {
      sum += x[i + sx];
      out[i + so] = sum;
    }
    this.sum = sum;
  }
}
