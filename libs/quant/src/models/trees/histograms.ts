import { KernelModule, Layout } from '../../kernels/web-assembly';
import type { BinnedColumns } from './binned-columns';
import { histogramsModule } from './histograms.generated';

interface Kernels {
  fillHistograms(
    codes: number,
    n: number,
    columns: number,
    count: number,
    order: number,
    rows: number,
    pairs: number,
    sums: number,
    stride: number,
  ): void;
  subtractHistograms(a: number, b: number, bytes: number): void;
  searchColumns(
    columns: number,
    count: number,
    sums: number,
    stride: number,
    traits: number,
    state: number,
    equalGains: number,
  ): void;
  partitionRows(codes: number, order: number, rows: number, bin: number, spill: number): number;
}

const compiled = new KernelModule<Kernels>(histogramsModule);
const F64 = 8;
const I32 = 4;
const STATE = 14;

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
  private readonly spill: Int32Array;
  private readonly list: Int32Array;
  private readonly slotSize: number;
  /** Null where vectors are not compiled: the loops here give the same bits. */
  private readonly kernels: Kernels | null;

  constructor(
    private readonly binned: BinnedColumns,
    slots: number,
    useKernels = true,
  ) {
    const { n, k, maxBins, codes } = binned;
    this.stride = 2 * (maxBins + 1);
    this.slotSize = k * this.stride;
    const layout = new Layout();
    const at = {
      sums: layout.place(slots * this.slotSize * F64),
      pairs: layout.place(2 * n * F64),
      order: layout.place(n * I32),
      spill: layout.place(n * I32),
      traits: layout.place(3 * k * I32),
      state: layout.place(STATE * F64),
      list: layout.place(k * I32),
      codes: layout.place(n * k),
    };
    const instance = useKernels ? compiled.instantiate(layout.end) : null;
    const buffer = instance?.memory.buffer ?? new ArrayBuffer(layout.end);
    this.kernels = instance?.exports ?? null;
    this.sums = new Float64Array(buffer, at.sums, slots * this.slotSize);
    this.pairs = new Float64Array(buffer, at.pairs, 2 * n);
    this.order = new Int32Array(buffer, at.order, n);
    this.spill = new Int32Array(buffer, at.spill, n);
    this.traits = new Int32Array(buffer, at.traits, 3 * k);
    this.state = new Float64Array(buffer, at.state, STATE);
    this.list = new Int32Array(buffer, at.list, k);
    this.codes = new Uint8Array(buffer, at.codes, n * k);
    this.codes.set(codes);
  }

  /** Where the sums of a column begin in a slot. */
  at(slot: number, column: number): number {
    return slot * this.slotSize + column * this.stride;
  }

  /** Fills the slot's sums of columns[from .. to) from the rows order[start .. end), in that order. */
  fill(slot: number, columns: Int32Array, from: number, to: number, start: number, end: number): void {
    const { kernels, codes, sums, order, pairs, list, stride } = this;
    const { n } = this.binned;
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
        sums.byteOffset + slot * this.slotSize * F64,
        stride * F64,
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
    const { kernels, list, stride, sums, traits, state } = this;
    if (kernels === null) return false;
    for (let c = from; c < to; c++) list[c - from] = columns[c];
    kernels.searchColumns(
      list.byteOffset,
      to - from,
      sums.byteOffset + slot * this.slotSize * F64,
      stride * F64,
      traits.byteOffset,
      state.byteOffset,
      equalGains,
    );
    return true;
  }

  /** Takes the sums of `slot` from those of `from`: a child's from its parent's, which leaves its sibling's. */
  subtract(from: number, slot: number, columns: Int32Array): void {
    const { kernels, sums, stride } = this;
    for (let c = 0; c < columns.length; c++) {
      const a = this.at(from, columns[c]);
      const b = this.at(slot, columns[c]);
      if (kernels !== null)
        kernels.subtractHistograms(sums.byteOffset + a * F64, sums.byteOffset + b * F64, stride * F64);
      else for (let i = 0; i < stride; i++) sums[a + i] -= sums[b + i];
    }
  }

  /** Rows order[start .. end) whose code in the column is at most `bin` come first, both sides in their order. Returns where the others begin. */
  partition(column: number, bin: number, start: number, end: number): number {
    const { kernels, codes, order, spill } = this;
    const base = column * this.binned.n;
    if (kernels !== null) {
      const from = order.byteOffset + start * I32;
      return start + kernels.partitionRows(codes.byteOffset + base, from, end - start, bin, spill.byteOffset);
    }
    return this.partitionBy((row) => codes[base + row] <= bin, start, end);
  }

  /** The same by any rule. */
  partitionBy(goesLeft: (row: number) => boolean, start: number, end: number): number {
    const { order, spill } = this;
    let left = start;
    let right = 0;
    for (let i = start; i < end; i++) {
      const row = order[i];
      if (goesLeft(row)) order[left++] = row;
      else spill[right++] = row;
    }
    order.set(spill.subarray(0, right), left);
    return left;
  }
}
