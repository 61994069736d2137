import type { BarPlaces } from './ledger-axis';

/** A benchmark on the bars of a trial, as it is or by the volatility clock, with its moments (1/T). */
export interface ColumnMarket {
  readonly places: BarPlaces;
  readonly returns: Float64Array;
  /** What returns are divided by; null for the raw column. */
  readonly sigma: Float64Array | null;
  readonly mean: number;
  readonly variance: number;
}

export function columnMarket(places: BarPlaces, returns: Float64Array, sigma: Float64Array | null): ColumnMarket {
  const scaled = sigma === null ? returns : returns.map((b, t) => b / sigma[t]);
  let mean = 0;
  for (let t = 0; t < scaled.length; t++) mean += scaled[t];
  mean /= scaled.length;
  let variance = 0;
  for (let t = 0; t < scaled.length; t++) variance += (scaled[t] - mean) ** 2;
  return { places, returns: scaled, sigma, mean, variance: variance / scaled.length };
}

/** So little is left of a scaled copy of the benchmark, or of a trial that never traded. */
const NOTHING_LEFT = 1e-10;

/** Alpha of one trial on its benchmark, raw or scaled, and what its draws are made of. */
export class AlphaColumn {
  readonly alpha: number;
  readonly beta: number;
  /** Of the residuals u: a sum. */
  readonly squares: number;
  /** Nothing is left beside the benchmark: it takes no part in a maximum. */
  readonly isCopy: boolean;
  /** sqrt(sum S_k^2), 0 where no block has anything. */
  readonly blockNorm: number;
  /** Blocks in which it has a bar. */
  readonly blocks: number;
  /** S_k / sqrt(sum S_k^2) by the place of the block. */
  readonly blockRow: Float64Array;
  private readonly mean: number;

  constructor(
    private readonly own: Float64Array,
    readonly market: ColumnMarket,
    blockCount: number,
  ) {
    const { places, returns, mean: meanB, variance } = market;
    const { blocks: blockOf } = places;
    const n = own.length;
    const x = this.values();
    let mean = 0;
    let total = 0;
    for (let t = 0; t < n; t++) {
      mean += x[t];
      total += x[t] * x[t];
    }
    mean /= n;
    let covariance = 0;
    for (let t = 0; t < n; t++) covariance += (x[t] - mean) * (returns[t] - meanB);
    const beta = covariance / n / variance;
    this.mean = mean;
    this.beta = beta;
    this.alpha = mean - beta * meanB;
    const sums = new Float64Array(blockCount);
    const seen = new Uint8Array(blockCount);
    let squares = 0;
    let blocks = 0;
    for (let t = 0; t < n; t++) {
      const move = returns[t] - meanB;
      const u = x[t] - mean - beta * move;
      squares += u * u;
      const block = blockOf[t];
      if (block < 0) continue;
      sums[block] += u * (1 - (meanB * move) / variance);
      blocks += 1 - seen[block];
      seen[block] = 1;
    }
    this.squares = squares;
    this.isCopy = squares <= NOTHING_LEFT * total;
    this.blocks = blocks;
    let sumSquares = 0;
    for (let k = 0; k < blockCount; k++) sumSquares += sums[k] * sums[k];
    this.blockNorm = Math.sqrt(sumSquares);
    for (let k = 0; k < blockCount; k++) sums[k] /= this.blockNorm;
    this.blockRow = sums;
  }

  /** alpha T / sqrt(sum S_k^2), before the correction for the few blocks. */
  get blockT(): number {
    return (this.alpha * this.own.length) / this.blockNorm;
  }

  /** alpha T / sqrt(sum u^2). */
  get iidT(): number {
    return (this.alpha * this.own.length) / Math.sqrt(this.squares);
  }

  /**
   * The scaled column of the same trial, bar by bar from this raw one, w = 1 / sigma:
   * u' / |u'| = gain (u / |u|) w + factors[0] w + factors[1] b w + factors[2].
   */
  asScaled(scaled: AlphaColumn): { gain: number; factors: [number, number, number] } {
    const length = Math.sqrt(scaled.squares);
    return {
      gain: Math.sqrt(this.squares) / length,
      factors: [
        (this.mean - this.beta * this.market.mean) / length,
        (this.beta - scaled.beta) / length,
        (scaled.beta * scaled.market.mean - scaled.mean) / length,
      ],
    };
  }

  /** Of the row with each number times a weight, by the place of the bar. */
  weightedLength(weights: Float64Array): number {
    const { market, mean, beta } = this;
    const { places, returns, mean: meanB } = market;
    const { bars } = places;
    const x = this.values();
    let squares = 0;
    for (let t = 0; t < x.length; t++) {
      const weighted = (x[t] - mean - beta * (returns[t] - meanB)) * weights[bars[t]];
      squares += weighted * weighted;
    }
    return Math.sqrt(squares / this.squares);
  }

  /** u / sqrt(sum u^2) by the place of the bar. */
  writeBars(into: Float32Array | Float64Array): void {
    const { market, mean, beta } = this;
    const { places, returns, mean: meanB } = market;
    const { bars } = places;
    const x = this.values();
    const length = Math.sqrt(this.squares);
    for (let t = 0; t < x.length; t++) into[bars[t]] = (x[t] - mean - beta * (returns[t] - meanB)) / length;
  }

  /** The product of that row with a draw. */
  barProduct(draw: Float64Array): number {
    const { market, mean, beta } = this;
    const { places, returns, mean: meanB } = market;
    const { bars } = places;
    const x = this.values();
    let sum = 0;
    for (let t = 0; t < x.length; t++) sum += (x[t] - mean - beta * (returns[t] - meanB)) * draw[bars[t]];
    return sum / Math.sqrt(this.squares);
  }

  /** Its returns in the units of the column; those of the last one that was asked are gone. */
  private values(): Float64Array {
    const { own, market } = this;
    const { sigma } = market;
    if (sigma === null) return own;
    if (scaled.length !== own.length) scaled = new Float64Array(own.length);
    for (let t = 0; t < own.length; t++) scaled[t] = own[t] / sigma[t];
    return scaled;
  }
}

/** Room for the scaled returns of one column: a ledger is never held twice. */
let scaled = new Float64Array(0);
