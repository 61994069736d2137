import { createRng } from '../random';

/** Rows drawn together: each loaded loading serves this many draws. */
const LANES = 4;

/** A pivot under this share of the unit diagonal is a direction already covered by earlier trials. */
const RANK_TOLERANCE = 1e-10;

/** Correlation of unit rows, row-major M x M. */
function gram(rows: readonly Float64Array[]): Float64Array {
  const m = rows.length;
  const out = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    const a = rows[i];
    for (let j = 0; j <= i; j++) {
      const b = rows[j];
      let even = 0;
      let odd = 0;
      let t = 0;
      for (; t + 1 < a.length; t += 2) {
        even += a[t] * b[t];
        odd += a[t + 1] * b[t + 1];
      }
      if (t < a.length) even += a[t] * b[t];
      out[i * m + j] = even + odd;
      out[j * m + i] = even + odd;
    }
  }
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
    for (const earlier of columns) {
      const share = earlier[pivot];
      if (share === 0) continue;
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
): number {
  const m = rows.length;
  if (m === 0) return 0;
  const wide = rows[0].length > m;
  const loadings = wide ? pivotedCholesky(gram(rows), m).loadings : rows;
  const factors = loadings[0].length;
  // trailing zeros of a triangular factor cost nothing when skipped
  const used = loadings.map((row) => {
    let length = factors;
    while (length > 0 && row[length - 1] === 0) length -= 1;
    return length;
  });
  const rng = createRng(seed);
  const g = Array.from({ length: LANES }, () => new Float64Array(factors));
  const [g0, g1, g2, g3] = g;
  let count = 0;
  for (let done = 0; done < draws; done += LANES) {
    const lanes = Math.min(LANES, draws - done);
    for (let lane = 0; lane < lanes; lane++) for (let k = 0; k < factors; k++) g[lane][k] = rng.normal();
    let max0 = -Infinity;
    let max1 = -Infinity;
    let max2 = -Infinity;
    let max3 = -Infinity;
    for (let i = 0; i < m; i++) {
      const row = loadings[i];
      const length = used[i];
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let k = 0; k < length; k++) {
        const loading = row[k];
        a += loading * g0[k];
        b += loading * g1[k];
        c += loading * g2[k];
        d += loading * g3[k];
      }
      if (a > max0) max0 = a;
      if (b > max1) max1 = b;
      if (c > max2) max2 = c;
      if (d > max3) max3 = d;
      // the outcome of all four draws is known
      if (max0 >= threshold && max1 >= threshold && max2 >= threshold && max3 >= threshold) break;
    }
    if (max0 >= threshold) count += 1;
    if (lanes > 1 && max1 >= threshold) count += 1;
    if (lanes > 2 && max2 >= threshold) count += 1;
    if (lanes > 3 && max3 >= threshold) count += 1;
  }
  return count;
}
