import type { MatrixKernels } from './kernels/matrix-kernels';
import { type Lane, LaneTable, lanesLength } from './lanes';
import type { Series, Step } from './series';

/** Wilder's running sum as `directional-movement` steps it: no bar 0, nothing taken away before bar `factor`, the window. */
export class WilderSumStep implements Step, Lane {
  readonly writes: readonly Series[];
  readonly stateLength = 0;
  sum = 0;

  constructor(
    readonly x: Series,
    readonly out: Series,
    readonly factor: number,
  ) {
    this.writes = [out];
  }

  begin(): void {
    this.sum = 0;
  }

  run(from: number, to: number): void {
    const window = this.factor;
    const { values: x, shift: sx } = this.x;
    const { values: out, shift: so } = this.out;
    let { sum } = this;
    for (let i = from; i < to; i++) {
      if (i >= window) sum -= sum / window;
      if (i > 0) sum += x[i + sx];
      out[i + so] = sum;
    }
    this.sum = sum;
  }
}

const LANES = 4;

/** Wilder's sums that do not wait for each other, in turn on each bar: a division is long. */
export class WilderSumGroup implements Step {
  readonly writes: readonly Series[];
  readonly stateLength = lanesLength;
  private kernels: MatrixKernels | null = null;
  private table!: LaneTable;

  constructor(private readonly steps: readonly WilderSumStep[]) {
    this.writes = steps.flatMap((step) => step.writes);
  }

  begin(state: Float64Array, kernels: MatrixKernels | null): void {
    this.kernels = kernels;
    if (kernels) this.table = new LaneTable(state);
  }

  run(from: number, to: number): void {
    for (let k = 0; k < this.steps.length; k += LANES) this.some(this.steps.slice(k, k + LANES), from, to);
  }

  private some(steps: readonly WilderSumStep[], from: number, to: number): void {
    const { kernels, table } = this;
    const even = to - ((to - from) % 2);
    if (!kernels || steps.some(({ factor }) => from < factor)) return steps.forEach((step) => step.run(from, to));
    const sums = table.run(
      kernels.wilderSums4,
      steps,
      steps.map(({ sum }) => sum),
      from,
      even - from,
    );
    steps.forEach((step, k) => {
      step.sum = sums[k];
      step.run(even, to);
    });
  }
}
