import { requireThat } from '../errors/invalid-input';
import { combinations } from './cpcv';
import { SplitSharpes } from './split-sharpes';

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
  matrix.forEach((series, i) =>
    requireThat(
      series.length === matrix[0].length,
      `matrix[${i}].length`,
      `${matrix[0].length} like the first`,
      series.length,
    ),
  );
  const sharpes = new SplitSharpes(matrix, blocks, size);
  for (let i = 0; i < trials; i++) {
    const squares = sharpes.totalSquaresOf(i);
    requireThat(Number.isFinite(squares), `matrix[${i}]`, 'free of NaN', squares);
  }

  const splits = combinations(blocks, blocks / 2);
  const logits = new Float64Array(splits.length);
  let low = 0;
  let losses = 0;
  splits.forEach((chosen, split) => {
    sharpes.choose(chosen);
    const selected = sharpes.selected();
    const omega = sharpes.outOfSampleRank(selected) / (trials + 1);
    logits[split] = Math.log(omega / (1 - omega));
    if (omega <= 0.5) low += 1;
    if (sharpes.outOfSampleSum(selected) < 0) losses += 1;
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
