import { createRng } from '../random';
import { dotProducts, TILE_COLUMNS } from './dot-products';
import { countExceedances } from './exceedances';

/** A pivot under this share of the unit diagonal is a direction already covered by earlier trials. */
const RANK_TOLERANCE = 1e-10;

/** Correlation of unit rows, row-major M x M: even and odd bars are summed apart. */
function gram(rows: readonly Float64Array[]): Float64Array {
  const m = rows.length;
  const out = new Float64Array(m * m);
  const tile = new Float64Array(TILE_COLUMNS * m);
  for (const odd of [0, 1]) {
    const half = rows.map((row) => row.filter((_, t) => t % 2 === odd));
    const products = dotProducts(half);
    for (let from = 0; from < m; from += TILE_COLUMNS) {
      const columns = half.slice(from, from + TILE_COLUMNS);
      products.times(columns, tile, from);
      for (let c = 0; c < columns.length; c++) {
        for (let j = from + c; j < m; j++) out[(from + c) * m + j] += tile[c * m + j];
      }
    }
  }
  for (let i = 1; i < m; i++) for (let j = 0; j < i; j++) out[i * m + j] = out[j * m + i];
  return out;
}

/**
 * Pivoted Cholesky of a correlation matrix: row i of the result holds the loadings of trial i on at most `rank`
 * independent factors, with loadings x loadings^T = correlation. Stops when every remaining diagonal is negligible.
 */
export function pivotedCholesky(correlation: Float64Array, m: number): { loadings: Float64Array[]; rank: number } {
  const rest = Float64Array.from({ length: m }, (_, i) => correlation[i * m + i]);
  const columns: Float64Array[] = [];
  while (columns.length < m) {
    let pivot = 0;
    for (let i = 1; i < m; i++) if (rest[i] > rest[pivot]) pivot = i;
    if (!(rest[pivot] > RANK_TOLERANCE)) break;
    const root = Math.sqrt(rest[pivot]);
    const column = new Float64Array(m);
    for (let i = 0; i < m; i++) column[i] = correlation[i * m + pivot];
    let done = 0;
    // four at a time in the same order: an element is loaded and stored once for all of them
    for (; done + 3 < columns.length; done += 4) {
      const [a, b, c, d] = [columns[done], columns[done + 1], columns[done + 2], columns[done + 3]];
      const [s, t, u, v] = [a[pivot], b[pivot], c[pivot], d[pivot]];
      for (let i = 0; i < m; i++) column[i] = column[i] - s * a[i] - t * b[i] - u * c[i] - v * d[i];
    }
    for (; done < columns.length; done++) {
      const earlier = columns[done];
      const share = earlier[pivot];
      for (let i = 0; i < m; i++) column[i] -= share * earlier[i];
    }
    for (let i = 0; i < m; i++) {
      // trials already used as pivots have no variance left
      column[i] = rest[i] > 0 ? column[i] / root : 0;
      rest[i] -= column[i] * column[i];
      if (rest[i] <= RANK_TOLERANCE * RANK_TOLERANCE) rest[i] = 0;
    }
    rest[pivot] = 0;
    columns.push(column);
  }
  const rank = columns.length;
  const loadings = Array.from({ length: m }, (_, i) => Float64Array.from({ length: rank }, (_, k) => columns[k][i]));
  return { loadings, rank };
}

/**
 * How many of `draws` draws of g ~ N(0, 1)^K have max_i (row_i . g) >= threshold.
 *
 * Rows have unit length. With fewer rows than factors the draws are taken from the rank of the rows' correlation
 * instead, which has the same distribution and costs less.
 */
export function countMaxExceedances(
  rows: readonly Float64Array[],
  threshold: number,
  draws: number,
  seed: number | string,
  onProgress?: (fraction: number) => void,
): number {
  const m = rows.length;
  if (m === 0) return 0;
  const wide = rows[0].length > m;
  const loadings = wide ? pivotedCholesky(gram(rows), m).loadings : rows;
  return countExceedances({ rows: loadings, threshold, draws, rng: createRng(seed), onProgress });
}
