import { BLOCK_ROWS, blockWalk, type BlockWalk } from './block-walk';
import { TreePredictor, type FittedTrees, type RowPredictor } from './tree-predictor';

/**
 * Sums what trees say of many rows: a block of rows goes through one tree after the other, whose nodes then are near.
 * Compiled where it can be, else, and for a few rows, `TreePredictor` row by row: the same bits.
 */
export class BlockPredictor {
  /** Undefined until rows ask for it. */
  private walk: BlockWalk | null | undefined;
  private readonly k: number;
  /** The same. */
  private plain: TreePredictor | undefined;

  constructor(
    private readonly fitted: FittedTrees,
    useKernels = true,
  ) {
    this.k = fitted.cuts.length;
    if (!useKernels) this.walk = null;
  }

  /** `start` and the values of the leaves, of each of n rows (row-major); missing values (NaN) go each split's own way. */
  sumRows(start: number, rows: Float64Array, n: number): Float64Array {
    const { k } = this;
    const out = new Float64Array(n).fill(start);
    if (n >= BLOCK_ROWS && this.walk === undefined) this.walk = blockWalk(this.fitted);
    const { walk } = this;
    if (n < BLOCK_ROWS || !walk) {
      for (let i = 0; i < n; i++) out[i] = this.sum(start, rows, i * k);
      return out;
    }
    for (let from = 0; from < n; from += BLOCK_ROWS) {
      const to = Math.min(from + BLOCK_ROWS, n);
      walk.rows.set(rows.subarray(from * k, to * k));
      walk.sums.fill(start);
      walk.run();
      out.set(walk.sums.subarray(0, to - from), from);
    }
    return out;
  }

  /** The same of the row that begins at rows[at]. */
  sum(start: number, rows: ArrayLike<number>, at?: number): number {
    this.plain ??= new TreePredictor(this.fitted);
    return this.plain.sum(start, rows, at);
  }
}

/** Predictions from what trees say of a row, `start` included. */
export function rowPredictor(fitted: FittedTrees, start: number, said: (sum: number) => number): RowPredictor {
  const predictor = new BlockPredictor(fitted);
  return Object.assign((rows: ArrayLike<number>, at?: number) => said(predictor.sum(start, rows, at)), {
    all(rows: Float64Array, n: number): Float64Array {
      const out = predictor.sumRows(start, rows, n);
      for (let i = 0; i < n; i++) out[i] = said(out[i]);
      return out;
    },
  });
}
