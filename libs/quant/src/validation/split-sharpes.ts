import { highestTie, lowestTie, PURE_NUMBER } from '../comparison/comparison';
import { Layout } from '../kernels/web-assembly';
import { splitKernels } from './kernels/compiled-splits';
import type { SplitKernels } from './kernels/split-loops';

/** Per period from sums; a flat series has 0. */
function sharpeOfSums(sum: number, squares: number, n: number): number {
  const variance = squares / n - (sum / n) * (sum / n);
  // below this the spread is rounding noise of the sums
  return variance > 1e-14 * (squares / n) ? sum / n / Math.sqrt(variance) : 0;
}

/** Of products and differences that stand for a comparison of Sharpe ratios: far more than rounding makes of them. */
const MARGIN = 1e-9;

/** Where variance is less than this share of the mean square, only the ratios themselves are compared. */
const LEAST_VARIANCE = 1e-8;

const DOUBLE = 8;

/**
 * Sums of some trials over blocks of bars, and the Sharpe ratios of all of them in one half of the blocks and in the other. Neither
 * root nor quotient is taken where the squares of both sides already tell which ratio is larger; what is found is what the ratios
 * themselves would give.
 */
export class SplitSharpes {
  private readonly loops: SplitKernels;
  /** Of each block, then of each trial in all: the sums of all trials, then their sums of squares. */
  private readonly blockSums: Float64Array[];
  private readonly total: Float64Array;
  /** The same of the first 0, 1, 2 ... chosen blocks: splits that begin alike share them. */
  private readonly chosenSums: Float64Array[];
  private readonly half: Float64Array;
  private readonly unsure: Int32Array;
  private readonly unsureCount: Int32Array;
  private readonly trials: number;
  /** Trials with room for whole vectors. */
  private readonly stride: number;
  /** Bytes from there to the sums of squares. */
  private readonly squaresAt: number;
  /** Bars of a half. */
  private readonly n: number;
  private chosen: readonly number[] = [];

  /** @param size bars of a block */
  constructor(
    matrix: readonly Float64Array[],
    blocks: number,
    private readonly size: number,
    kernel: 'compiled' | 'plain' = 'compiled',
  ) {
    this.trials = matrix.length;
    this.stride = matrix.length + (matrix.length % 2);
    this.squaresAt = this.stride * DOUBLE;
    this.n = (blocks / 2) * size;
    const layout = new Layout();
    const columns = (count: number): number[] => Array.from({ length: count }, () => layout.place(2 * this.squaresAt));
    const at = {
      blocks: columns(blocks),
      total: columns(1),
      chosen: columns(blocks / 2 + 1),
      unsure: layout.place(4 * (this.stride / 2)),
      count: layout.place(4),
    };
    const { buffer, loops } = splitKernels(layout, kernel);
    const columnsAt = (places: number[]): Float64Array[] =>
      places.map((place) => new Float64Array(buffer, place, 2 * this.stride));
    this.loops = loops;
    this.blockSums = columnsAt(at.blocks);
    [this.total] = columnsAt(at.total);
    this.chosenSums = columnsAt(at.chosen);
    this.half = this.chosenSums[blocks / 2];
    this.unsure = new Int32Array(buffer, at.unsure, this.stride / 2);
    this.unsureCount = new Int32Array(buffer, at.count, 1);
    matrix.forEach((series, i) => this.add(series, i));
  }

  /** NaN or infinite where a trial has such bars. */
  totalSquaresOf(trial: number): number {
    return this.total[this.stride + trial];
  }

  /** Takes half of the blocks as the sample. */
  choose(chosen: readonly number[]): void {
    const { chosenSums, blockSums } = this;
    let depth = 0;
    while (depth < chosen.length && chosen[depth] === this.chosen[depth]) depth++;
    for (; depth < chosen.length; depth++) {
      const [before, after] = [chosenSums[depth], chosenSums[depth + 1]];
      const block = blockSums[chosen[depth]];
      this.loops.addBlock(before.byteOffset, block.byteOffset, after.byteOffset, 2 * this.squaresAt);
    }
    this.chosen = chosen;
  }

  /** The trial with the highest Sharpe ratio in the sample; the first of those that are equal but for rounding. */
  selected(): number {
    const { half, stride, trials, n } = this;
    let line = -Infinity;
    let selected = 0;
    for (let i = 0; i < trials; i += 2) {
      i = this.nextAbove(i, line);
      for (let own = i; own < Math.min(i + 2, trials); own++) {
        const sharpe = sharpeOfSums(half[own], half[stride + own], n);
        if (!(sharpe > line)) continue;
        line = highestTie(sharpe, PURE_NUMBER);
        selected = own;
      }
    }
    return selected;
  }

  /** Sum of a trial's returns in the other half. */
  outOfSampleSum(trial: number): number {
    return this.total[trial] - this.half[trial];
  }

  /** Mean rank of a trial in the other half among all, from 1 on; ratios that are equal but for rounding share it. */
  outOfSampleRank(trial: number): number {
    const { trials, unsure } = this;
    const own = this.outOfSampleSharpe(trial);
    const lowest = lowestTie(own, PURE_NUMBER);
    const highest = highestTie(own, PURE_NUMBER);
    let lower = this.countBelow(own);
    let equal = 0;
    for (let found = 0; found < this.unsureCount[0]; found++) {
      for (let other = unsure[found]; other < Math.min(unsure[found] + 2, trials); other++) {
        const sharpe = this.outOfSampleSharpe(other);
        if (sharpe < lowest) lower++;
        else if (sharpe <= highest) equal++;
      }
    }
    return lower + (equal + 1) / 2;
  }

  private outOfSampleSharpe(trial: number): number {
    const squares = this.total[this.stride + trial] - this.half[this.stride + trial];
    return sharpeOfSums(this.outOfSampleSum(trial), squares, this.n);
  }

  /** From there on the first pair of trials of which one may be above the line. */
  private nextAbove(from: number, line: number): number {
    const { loops, half, stride, squaresAt, n } = this;
    const squared = line * Math.abs(line);
    const { byteOffset } = half;
    return loops.nextAbove(byteOffset, byteOffset + squaresAt, from, stride, 1 / n, squared, MARGIN, LEAST_VARIANCE);
  }

  /** Of the trials that are surely below that ratio in the other half; pairs with one that is not, nor surely above, are written down. */
  private countBelow(sharpe: number): number {
    const { loops, total, half, squaresAt } = this;
    const squared = sharpe * Math.abs(sharpe);
    return loops.countBelow(
      total.byteOffset,
      total.byteOffset + squaresAt,
      half.byteOffset,
      half.byteOffset + squaresAt,
      this.stride,
      1 / this.n,
      squared,
      MARGIN,
      // of each mean square: what is equal but for rounding must stay unsure
      MARGIN * Math.abs(squared) + 8e-12 * Math.abs(sharpe) * Math.max(1, Math.abs(sharpe)) + 1e-20,
      LEAST_VARIANCE,
      this.unsure.byteOffset,
      this.unsureCount.byteOffset,
    );
  }

  private add(series: Float64Array, trial: number): void {
    const { size, stride, blockSums, total } = this;
    blockSums.forEach((column, block) => {
      let [sum, square] = [0, 0];
      for (let t = block * size; t < (block + 1) * size; t++) {
        sum += series[t];
        square += series[t] * series[t];
      }
      column[trial] = sum;
      column[stride + trial] = square;
      total[trial] += sum;
      total[stride + trial] += square;
    });
  }
}
