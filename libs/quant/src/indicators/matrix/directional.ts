import { TIE } from '../../comparison/comparison';
import type { Series, Step } from './series';

/** Wilder's running sums of +DM, -DM and, where asked for, the true range, as `directional-movement` steps them; columns without gaps. */
export class DirectionalStep implements Step {
  readonly writes: readonly Series[];
  private up = 0;
  private down = 0;

  constructor(
    private readonly high: Series,
    private readonly low: Series,
    private readonly plus: Series,
    private readonly minus: Series,
    private readonly window: number,
  ) {
    this.writes = [plus, minus];
  }

  run(from: number, to: number): void {
    const { window } = this;
    const { values: highs, shift: sh } = this.high;
    const { values: lows, shift: sl } = this.low;
    const { values: plus, shift: sp } = this.plus;
    const { values: minus, shift: sm } = this.minus;
    let rises = this.up;
    let falls = this.down;
    for (let i = from; i < to; i++) {
      if (i > 0) {
        const high = highs[i + sh];
        const low = lows[i + sl];
        const highBefore = highs[i - 1 + sh];
        const lowBefore = lows[i - 1 + sl];
        const up = high - highBefore;
        const down = lowBefore - low;
        const level = high + low;
        const before = highBefore + lowBefore;
        // `isBelow` and `isAbove` of a quantity with unit
        const slack = TIE * Math.abs(before);
        if (i >= window) {
          rises -= rises / window;
          falls -= falls / window;
        }
        if (down > 0 && level < before - slack) falls += down;
        else if (up > 0 && level > before + slack) rises += up;
      }
      plus[i + sp] = rises;
      minus[i + sm] = falls;
    }
    this.up = rises;
    this.down = falls;
  }
}

/** Wilder's running sum of the true range. */
export class RangeSumStep implements Step {
  readonly writes: readonly Series[];
  private sum = 0;

  constructor(
    private readonly range: Series,
    private readonly out: Series,
    private readonly window: number,
  ) {
    this.writes = [out];
  }

  run(from: number, to: number): void {
    const { window } = this;
    const { values: ranges, shift: sr } = this.range;
    const { values: out, shift: so } = this.out;
    let { sum } = this;
    for (let i = from; i < to; i++) {
      if (i >= window) sum -= sum / window;
      if (i > 0) sum += ranges[i + sr];
      out[i + so] = sum;
    }
    this.sum = sum;
  }
}
