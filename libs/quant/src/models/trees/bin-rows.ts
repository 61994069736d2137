import { columnCuts, type BinnedColumns } from './binned-columns';
import { ColumnCoder } from './column-coder';

/** Codes of rows (row-major n x k, NaN where missing) by the cuts of their columns, column-major. */
export function codesOf(rows: Float64Array, n: number, cuts: readonly Float64Array[], maxBins: number): Uint8Array {
  const k = cuts.length;
  const codes = new Uint8Array(n * k);
  const coder = new ColumnCoder(n, maxBins);
  for (let j = 0; j < k; j++) {
    for (let i = 0; i < n; i++) coder.values[i] = rows[i * k + j];
    codes.set(coder.code(cuts[j]), j * n);
  }
  return codes;
}

/** Puts the rows (row-major n x k, NaN where missing) into at most `maxBins` bins a column. */
export function binColumns(rows: Float64Array, n: number, k: number, maxBins: number): BinnedColumns {
  const codes = new Uint8Array(n * k);
  const hasMissing = new Uint8Array(k);
  const cuts: Float64Array[] = [];
  const coder = new ColumnCoder(n, maxBins);
  const { values, sorted } = coder;
  for (let j = 0; j < k; j++) {
    let present = 0;
    for (let i = 0, at = j; i < n; i++, at += k) {
      const value = rows[at];
      values[i] = value;
      sorted[present] = value;
      present += value === value ? 1 : 0;
    }
    if (present < n) hasMissing[j] = 1;
    cuts.push(columnCuts(coder.sort(present), maxBins));
    codes.set(coder.code(cuts[j]), j * n);
  }
  return { n, k, maxBins, cuts, codes, hasMissing };
}
