import { highestTie, lowestTie, PURE_NUMBER } from '../comparison/comparison';
import { requireThat } from '../errors/invalid-input';
import { combinations } from './cpcv';

export interface PboResult {
  /** Share of splits with logit <= 0: the in-sample winner lands in the lower half out of sample. */
  readonly pbo: number;
  /** Share of splits in which the selected trial has a negative out-of-sample mean. */
  readonly lossProbability: number;
  /** ln(omega / (1 - omega)) per split, omega = rank / (N + 1). */
  readonly logits: Float64Array;
  readonly trials: number;
  readonly blocks: number;
  readonly barsPerBlock: number;
}

/** Splits between two reports of progress. */
const PROGRESS_SPLITS = 256;

/** Sharpe per period from sums; a flat series has 0. */
function sharpeOfSums(sum: number, squares: number, n: number): number {
  const variance = squares / n - (sum / n) * (sum / n);
  // below this the spread is rounding noise of the sums
  return variance > 1e-14 * (squares / n) ? sum / n / Math.sqrt(variance) : 0;
}

/**
 * Probability of backtest overfitting by combinatorially symmetric cross-validation over all C(S, S/2) splits
 * (Bailey, Borwein, Lopez de Prado & Zhu 2017), performance = Sharpe ratio. Blocks are equal, counted from the first bar,
 * the remainder is dropped. Ties share the mean rank; the first of equal winners is selected: a leveraged copy of a trial
 * has its Sharpe but for rounding. For N = 1 it is always 1.
 * @param matrix one return series per trial, equal lengths.
 */
export function pboCscv(
  matrix: readonly Float64Array[],
  { blocks = 16, onProgress }: { blocks?: number; onProgress?: (fraction: number) => void } = {},
): PboResult {
  requireThat(matrix.length >= 1, 'matrix.length', 'at least 1 trial', matrix.length);
  requireThat(
    Number.isInteger(blocks) && blocks >= 2 && blocks % 2 === 0 && blocks <= 20,
    'blocks',
    'an even integer from 2 to 20',
    blocks,
  );
  const trials = matrix.length;
  const size = Math.floor(matrix[0].length / blocks);
  requireThat(size >= 2, 'matrix[0].length', `at least ${2 * blocks} bars for ${blocks} blocks`, matrix[0].length);
  const sums = new Float64Array(trials * blocks);
  const squares = new Float64Array(trials * blocks);
  const total = new Float64Array(trials);
  const totalSquares = new Float64Array(trials);
  matrix.forEach((series, i) => {
    requireThat(
      series.length === matrix[0].length,
      `matrix[${i}].length`,
      `${matrix[0].length} like the first`,
      series.length,
    );
    for (let t = 0; t < size * blocks; t++) {
      const at = i * blocks + Math.floor(t / size);
      sums[at] += series[t];
      squares[at] += series[t] * series[t];
    }
    for (let b = 0; b < blocks; b++) {
      total[i] += sums[i * blocks + b];
      totalSquares[i] += squares[i * blocks + b];
    }
    requireThat(Number.isFinite(totalSquares[i]), `matrix[${i}]`, 'free of NaN', totalSquares[i]);
  });

  const half = blocks / 2;
  const bars = half * size;
  const splits = combinations(blocks, half);
  const logits = new Float64Array(splits.length);
  const outOfSample = new Float64Array(trials);
  let low = 0;
  let losses = 0;
  splits.forEach((chosen, split) => {
    let line = -Infinity;
    let selected = 0;
    let selectedOutSum = 0;
    for (let i = 0; i < trials; i++) {
      let sum = 0;
      let square = 0;
      const row = i * blocks;
      for (let b = 0; b < half; b++) {
        sum += sums[row + chosen[b]];
        square += squares[row + chosen[b]];
      }
      const inSample = sharpeOfSums(sum, square, bars);
      outOfSample[i] = sharpeOfSums(total[i] - sum, totalSquares[i] - square, bars);
      if (inSample > line) {
        line = highestTie(inSample, PURE_NUMBER);
        selected = i;
        selectedOutSum = total[i] - sum;
      }
    }
    const lowest = lowestTie(outOfSample[selected], PURE_NUMBER);
    const highest = highestTie(outOfSample[selected], PURE_NUMBER);
    let lower = 0;
    let equal = 0;
    for (let i = 0; i < trials; i++) {
      if (outOfSample[i] < lowest) lower += 1;
      else if (outOfSample[i] <= highest) equal += 1;
    }
    const omega = (lower + (equal + 1) / 2) / (trials + 1);
    logits[split] = Math.log(omega / (1 - omega));
    if (omega <= 0.5) low += 1;
    if (selectedOutSum < 0) losses += 1;
    if (split % PROGRESS_SPLITS === 0) onProgress?.(split / splits.length);
  });
  return {
    pbo: low / splits.length,
    lossProbability: losses / splits.length,
    logits,
    trials,
    blocks,
    barsPerBlock: size,
  };
}
