import { columnCuts, type BinnedColumns } from './binned-columns';
import { ColumnCoder } from './column-coder';
import type { HistogramMemory } from './histogram-memory';

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

/** What of a column is found before its codes. */
export interface ColumnBins {
  readonly cuts: Float64Array;
  readonly hasMissing: boolean;
}

/** Column j of the rows (row-major n x k, NaN where missing) in at most `maxBins` bins: its cuts; its codes to `take`. */
export function binColumn(
  coder: ColumnCoder,
  rows: Float64Array,
  k: number,
  j: number,
  maxBins: number,
  take: (codes: Uint8Array) => void,
): ColumnBins {
  const present = takeColumn(coder, rows, k, j);
  const cuts = columnCuts(coder.sort(present), maxBins);
  take(coder.code(cuts));
  return { cuts, hasMissing: present < coder.values.length };
}

/** A function of its own: what is compiled while a loop runs is thrown away at the first line behind it. Returns how many are there. */
function takeColumn({ values, sorted }: ColumnCoder, rows: Float64Array, k: number, j: number): number {
  let present = 0;
  for (let i = 0, at = j; i < values.length; i++, at += k) {
    const value = rows[at];
    values[i] = value;
    sorted[present] = value;
    present += value === value ? 1 : 0;
  }
  return present;
}

/** Puts the rows (row-major n x k, NaN where missing) into at most `maxBins` bins a column. */
export function binColumns(rows: Float64Array, n: number, k: number, maxBins: number): BinnedColumns {
  const codes = new Uint8Array(n * k);
  return binAll(rows, { n, k, maxBins }, codes, (column, own) => codes.set(own, column * n));
}

/** The same straight into the memory that trees are grown in. */
export const binInto = (memory: HistogramMemory, rows: Float64Array): BinnedColumns =>
  binAll(rows, memory.shape, memory.codes, (column, own) => memory.setCodes(column, own));

function binAll(
  rows: Float64Array,
  { n, k, maxBins }: Pick<BinnedColumns, 'n' | 'k' | 'maxBins'>,
  codes: Uint8Array,
  take: (column: number, own: Uint8Array) => void,
): BinnedColumns {
  const hasMissing = new Uint8Array(k);
  const cuts: Float64Array[] = [];
  const coder = new ColumnCoder(n, maxBins);
  for (let j = 0; j < k; j++) {
    const column = binColumn(coder, rows, k, j, maxBins, (own) => take(j, own));
    cuts.push(column.cuts);
    if (column.hasMissing) hasMissing[j] = 1;
  }
  return { n, k, maxBins, cuts, codes, hasMissing };
}
