import type { Lane } from './lanes';
import type { Series, Step } from './series';

/** Wilder's running sum as `directional-movement` steps it: no bar 0, nothing taken away before bar `factor`, the window. */
export class WilderSumStep implements Step, Lane {
  readonly writes: readonly Series[];
  readonly stateLength = 0;
  value = 0;

  constructor(
    readonly x: Series,
    readonly out: Series,
    readonly factor: number,
  ) {
    this.writes = [out];
  }

  begin(): void {
    this.value = 0;
  }

  isWarm(from: number): boolean {
    return from >= this.factor;
  }

  run(from: number, to: number): void {
    const window = this.factor;
    const { values: x, shift: sx } = this.x;
    const { values: out, shift: so } = this.out;
    let sum = this.value;
    for (let i = from; i < to; i++) {
      if (i >= window) sum -= sum / window;
      if (i > 0) sum += x[i + sx];
      out[i + so] = sum;
    }
    this.value = sum;
  }
}
