import { WilderSumStep } from './directional';
import { ExponentialStep } from './exponential';
import type { MatrixKernels } from './kernels/matrix-kernels';
import { lanesLength, LaneTable, MEANS, SUMS } from './lanes';
import type { Series, Step } from './series';

export type Recursion = ExponentialStep | WilderSumStep;

export const isRecursion = (step: Step): step is Recursion =>
  step instanceof ExponentialStep || step instanceof WilderSumStep;

/**
 * Recursions in turn on each bar: one addition or division after the other would leave the processor idle. A mean may be of
 * another mean of the group, in a pair of lanes before its own, which writes before the next one reads.
 */
export class RecursionGroup implements Step {
  private readonly means: (ExponentialStep | undefined)[] = [];
  private readonly sums: WilderSumStep[] = [];
  private steps: readonly Recursion[] = [];
  private kernels: MatrixKernels | null = null;
  private table!: LaneTable;

  get writes(): readonly Series[] {
    return this.steps.flatMap((step) => step.writes);
  }

  get stateLength(): number {
    return lanesLength + this.steps.reduce((sum, step) => sum + step.stateLength, 0);
  }

  /** False where no lane is left for it. Those that it rests on are offered before. */
  add(step: Recursion): boolean {
    if (step instanceof WilderSumStep ? !this.addSum(step) : !this.addMean(step)) return false;
    this.steps = [...this.steps, step];
    return true;
  }

  begin(state: Float64Array, kernels: MatrixKernels | null): void {
    this.kernels = kernels;
    if (kernels) this.table = new LaneTable(state, this.means, this.sums);
    let start = lanesLength;
    for (const step of this.steps) step.begin(state.subarray(start, (start += step.stateLength)));
  }

  run(from: number, to: number): void {
    const { kernels, steps } = this;
    if (kernels && steps.every((step) => step.isWarm(from))) this.together(kernels, from, to);
    else for (const step of steps) step.run(from, to);
  }

  private addSum(step: WilderSumStep): boolean {
    const isOfGroup = this.writes.includes(step.x);
    return !isOfGroup && this.sums.length < SUMS && this.sums.push(step) > 0;
  }

  private addMean(step: ExponentialStep): boolean {
    const { means } = this;
    const source = means.findIndex((mean) => mean?.out === step.x);
    // the first lane of the next pair
    let lane = source < 0 ? 0 : source + 2 - (source % 2);
    while (lane < MEANS && means[lane]) lane++;
    if (lane >= MEANS) return false;
    means[lane] = step;
    return true;
  }

  /** A missing input makes the value missing: then the bars are taken again one by one. */
  private together(kernels: MatrixKernels, from: number, to: number): void {
    const even = to - ((to - from) % 2);
    this.table.run(loopOf(kernels, this.means.length, this.sums.length), from, even - from);
    for (const step of this.steps) {
      const value = this.table.valueOf(step);
      const isWhole = value - value === 0;
      if (isWhole) step.value = value;
      step.run(isWhole ? even : from, to);
    }
  }
}

function loopOf(kernels: MatrixKernels, means: number, sums: number): MatrixKernels['exponentialMeans8'] {
  if (sums > 0) return means > 0 ? kernels.exponentialMeans8WithWilderSums4 : kernels.wilderSums4;
  if (means > 4) return kernels.exponentialMeans8;
  return means > 2 ? kernels.exponentialMeans4 : kernels.exponentialMeans2;
}
