import type { BinnedColumns } from './binned-columns';
import { HistogramMemory } from './histogram-memory';

const F64 = 8;
const I32 = 4;

/** What the rows of a node sum to in each bin, and the order of the rows that makes a node's lie together. */
export class Histograms {
  /** Doubles of a column: (gradient, hessian) of its bins, `maxBins + 1` of them; the last one is of missing values. */
  readonly stride: number;
  /** Slot after slot, one node's sums each: column after column. */
  readonly sums: Float64Array;
  /** Row numbers. */
  readonly order: Int32Array;
  /** Gradient and hessian per row. */
  readonly pairs: Float64Array;
  readonly codes: Uint8Array;
  /** Of each column how many cuts it has, whether it has a missing value, and its monotone direction; for `search`. */
  readonly traits: Int32Array;
  /** What `search` is asked and answers; see searchColumns in assembly/histograms.ts. */
  readonly state: Float64Array;

  constructor(readonly memory: HistogramMemory) {
    const { stride, sums, order, pairs, codes, traits, state } = memory;
    this.stride = stride;
    this.sums = sums;
    this.order = order;
    this.pairs = pairs;
    this.codes = codes;
    this.traits = traits;
    this.state = state;
  }

  /** In a memory of its own, with the codes of the columns. */
  static of(binned: BinnedColumns, slots: number, useKernels = true): Histograms {
    const { n, k, maxBins, codes } = binned;
    const memory = HistogramMemory.own({ n, k, maxBins, slots, rowNumbers: 0 }, useKernels);
    for (let j = 0; j < k; j++) memory.setCodes(j, codes.subarray(j * n, (j + 1) * n));
    return new Histograms(memory);
  }

  /** Where the sums of a column begin in a slot. */
  at(slot: number, column: number): number {
    return slot * this.memory.slotSize + column * this.stride;
  }

  /** Where the first `rows` rows of a tree are: where it is of all, in a list of its own, so that `order` need not be written before. */
  rowsOfTree(rows: number): Int32Array {
    return rows === this.memory.shape.n ? this.memory.all : this.order;
  }

  /** Fills the slot's sums of columns[from .. to) from the rows order[start .. end), in that order. */
  fill(
    slot: number,
    columns: Int32Array,
    from: number,
    to: number,
    start: number,
    end: number,
    order = this.order,
  ): void {
    const { codes, sums, pairs, stride } = this;
    const { kernels, list, shape } = this.memory;
    const { n } = shape;
    if (kernels !== null) {
      for (let c = from; c < to; c++) list[c - from] = columns[c];
      kernels.fillHistograms(
        codes.byteOffset,
        n,
        list.byteOffset,
        to - from,
        order.byteOffset + start * I32,
        end - start,
        pairs.byteOffset,
        this.memory.slotAddress(slot),
        stride * F64,
        this.memory.packed.byteOffset,
      );
      return;
    }
    for (let c = from; c < to; c++) {
      const base = this.at(slot, columns[c]);
      const column = columns[c] * n;
      sums.fill(0, base, base + stride);
      for (let i = start; i < end; i++) {
        const row = order[i];
        const bin = base + 2 * codes[column + row];
        sums[bin] += pairs[2 * row];
        sums[bin + 1] += pairs[2 * row + 1];
      }
    }
  }

  /** Searches columns[from .. to) of the slot for the best split, from `state` on. False, and nothing done, where vectors are not compiled. */
  search(slot: number, columns: Int32Array, from: number, to: number, equalGains: number): boolean {
    const { stride, traits, state } = this;
    const { kernels, list } = this.memory;
    if (kernels === null) return false;
    for (let c = from; c < to; c++) list[c - from] = columns[c];
    kernels.searchColumns(
      list.byteOffset,
      to - from,
      this.memory.slotAddress(slot),
      stride * F64,
      traits.byteOffset,
      state.byteOffset,
      equalGains,
    );
    return true;
  }

  /**
   * What each of columns[from .. to) gains at best, of the node that `state` describes, to memory.gains from place `at` on:
   * 0 where it is not above `threshold` and what those before gain. Compiled only.
   */
  gainsOf(slot: number, columns: Int32Array, from: number, to: number, threshold: number, at: number): void {
    const { stride, traits, state } = this;
    const { kernels, list, gains } = this.memory;
    for (let c = from; c < to; c++) list[c - from] = columns[c];
    kernels!.columnGains(
      list.byteOffset,
      to - from,
      this.memory.slotAddress(slot),
      stride * F64,
      traits.byteOffset,
      state.byteOffset,
      threshold,
      gains.byteOffset + at * F64,
    );
  }

  /** Takes the sums of `slot` from those of `from`: a child's from its parent's, which leaves its sibling's; of columns[first .. end). */
  subtract(from: number, slot: number, columns: Int32Array, first = 0, end = columns.length): void {
    const { sums, stride } = this;
    const { kernels } = this.memory;
    for (let c = first; c < end;) {
      // columns side by side lie side by side: mostly that is one call for all
      let next = c + 1;
      while (next < end && columns[next] === columns[next - 1] + 1) next++;
      const length = (next - c) * stride;
      const a = this.at(from, columns[c]);
      const b = this.at(slot, columns[c]);
      if (kernels !== null)
        kernels.subtractHistograms(sums.byteOffset + a * F64, sums.byteOffset + b * F64, length * F64);
      else for (let i = 0; i < length; i++) sums[a + i] -= sums[b + i];
      c = next;
    }
  }

  /** How many of rows [from, to) have a code of at most `bin` in the column. */
  countUpTo(column: number, bin: number, from: number, to: number): number {
    const { kernels, shape } = this.memory;
    const base = column * shape.n;
    if (kernels !== null) return kernels.countUpTo(this.codes.byteOffset + base + from, to - from, bin);
    let count = 0;
    for (let row = from; row < to; row++) if (this.codes[base + row] <= bin) count++;
    return count;
  }

  /** Writes rows [from, to) to `order`: those whose code is at most `bin` from place `left` on, the others from `right` on. */
  place(column: number, bin: number, from: number, to: number, left: number, right: number): void {
    const { codes, order } = this;
    const { kernels, shape } = this.memory;
    const base = column * shape.n;
    const at = (place: number): number => order.byteOffset + place * I32;
    if (kernels !== null) return kernels.placeRows(codes.byteOffset + base, from, to, bin, at(left), at(right));
    for (let row = from; row < to; row++) order[codes[base + row] <= bin ? left++ : right++] = row;
  }

  /** Rows order[start .. end) whose code in the column is at most `bin` come first, both sides in their order. Returns where the others begin. */
  partition(column: number, bin: number, start: number, end: number): number {
    const { codes, order } = this;
    const { kernels, spill, shape } = this.memory;
    const base = column * shape.n;
    if (kernels !== null) {
      const from = order.byteOffset + start * I32;
      const aside = spill.byteOffset + start * I32;
      return start + kernels.partitionRows(codes.byteOffset + base, from, end - start, bin, aside);
    }
    return this.partitionBy((row) => codes[base + row] <= bin, start, end);
  }

  /** The same by any rule. Of `spill` only the places of the same rows are used: others are another thread's. */
  partitionBy(goesLeft: (row: number) => boolean, start: number, end: number): number {
    const { order } = this;
    const { spill } = this.memory;
    let left = start;
    let right = start;
    for (let i = start; i < end; i++) {
      const row = order[i];
      if (goesLeft(row)) order[left++] = row;
      else spill[right++] = row;
    }
    // one by one: what copies typed arrays is slow where memory is shared
    for (let i = start; i < right; i++) order[left + i - start] = spill[i];
    return left;
  }
}
