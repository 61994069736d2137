import { TIE } from '../../comparison/comparison';
import type { Series, Step } from './series';

/** On-balance volume, as `obv` steps it; columns without gaps. */
export class OnBalanceStep implements Step {
  readonly writes: readonly Series[];
  private sum = 0;

  constructor(
    private readonly close: Series,
    private readonly volume: Series,
    private readonly out: Series,
  ) {
    this.writes = [out];
  }

  run(from: number, to: number): void {
    const { values: closes, shift: sc } = this.close;
    const { values: volumes, shift: sv } = this.volume;
    const { values: out, shift: so } = this.out;
    let { sum } = this;
    for (let i = from; i < to; i++) {
      if (i === 0) sum += volumes[sv];
      else {
        const before = closes[i - 1 + sc];
        const close = closes[i + sc];
        const slack = TIE * Math.abs(before);
        if (close > before + slack) sum += volumes[i + sv];
        else if (close < before - slack) sum -= volumes[i + sv];
      }
      out[i + so] = sum;
    }
    this.sum = sum;
  }
}

/** Accumulation/distribution line, as `ad` steps it; columns without gaps. */
export class AccumulationStep implements Step {
  readonly writes: readonly Series[];
  private sum = 0;

  constructor(
    private readonly high: Series,
    private readonly low: Series,
    private readonly close: Series,
    private readonly volume: Series,
    private readonly out: Series,
  ) {
    this.writes = [out];
  }

  run(from: number, to: number): void {
    const { values: highs, shift: sh } = this.high;
    const { values: lows, shift: sl } = this.low;
    const { values: closes, shift: sc } = this.close;
    const { values: volumes, shift: sv } = this.volume;
    const { values: out, shift: so } = this.out;
    let { sum } = this;
    for (let i = from; i < to; i++) {
      const high = highs[i + sh];
      const low = lows[i + sl];
      const close = closes[i + sc];
      sum += high > low ? ((close - low - (high - close)) / (high - low)) * volumes[i + sv] : 0;
      out[i + so] = sum;
    }
    this.sum = sum;
  }
}
