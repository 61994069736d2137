import { KernelModule, Layout, type SharedWasmMemory } from '../../kernels/web-assembly';
import { histogramsModule } from './histograms.generated';
import { sharedHistogramsModule } from './shared-histograms.generated';

export interface HistogramKernels {
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
    packed: number,
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
  columnGains(
    columns: number,
    count: number,
    sums: number,
    stride: number,
    traits: number,
    state: number,
    threshold: number,
    gains: number,
  ): void;
  sumPairs(order: number, rows: number, pairs: number, sums: number): void;
  partitionRows(codes: number, order: number, rows: number, bin: number, spill: number): number;
  countUpTo(codes: number, rows: number, bin: number): number;
  placeRows(codes: number, from: number, to: number, bin: number, left: number, right: number): void;
  logLossPairs(scores: number, labels: number, weights: number, pairs: number, rows: number): void;
  addToRows(order: number, rows: number, value: number, scores: number): void;
}

const compiled = new KernelModule<HistogramKernels>(histogramsModule);
const shared = new KernelModule<HistogramKernels>(sharedHistogramsModule);
const F64 = 8;
const I32 = 4;
const STATE = 16;
/** Where in `state` sums of pairs are. */
export const PAIR_SUMS = 14;
/** Columns that lie side by side. */
export const PACKED = 4;

export interface HistogramShape {
  readonly n: number;
  readonly k: number;
  readonly maxBins: number;
  /** Nodes whose sums are kept at once. */
  readonly slots: number;
  /** How many nodes are split at once. */
  readonly splits: number;
  /** How many threads work in it. */
  readonly threads: number;
  /** How many numbers an objective keeps of each row. */
  readonly rowNumbers: number;
}

type OwnShape = Omit<HistogramShape, 'splits' | 'threads'>;

/** The arrays that trees are grown in, one after the other in one memory, and the compiled loops over them. */
export class HistogramMemory {
  /** Doubles of a column in a slot. */
  readonly stride: number;
  readonly slotSize: number;
  readonly sums: Float64Array;
  readonly order: Int32Array;
  /** 0 .. n - 1. */
  readonly all: Int32Array;
  readonly pairs: Float64Array;
  /** What an objective keeps of each row, number after number. */
  readonly ofRows: readonly Float64Array[];
  readonly codes: Uint8Array;
  /** The codes of columns 4 i .. 4 i + 3 side by side, row after row, for the compiled loops. */
  readonly packed: Uint8Array;
  readonly traits: Int32Array;
  readonly spill: Int32Array;
  /** This thread's own. */
  readonly state: Float64Array;
  readonly list: Int32Array;
  /** Of the two children of each node that is split at once, what each column gains; see columnGains in assembly/histograms.ts. */
  readonly gains: Float64Array;

  private constructor(
    readonly shape: HistogramShape,
    lane: number,
    buffer: ArrayBufferLike,
    /** Null where vectors are not compiled: the plain loops give the same bits. */
    readonly kernels: HistogramKernels | null,
    /** What other threads need to have the same arrays. */
    readonly shared: SharedWasmMemory | null,
    private giveBack: (() => void) | null = null,
  ) {
    const { n, k, slots } = shape;
    const { at } = layoutOf(shape);
    this.stride = strideOf(shape);
    this.slotSize = k * this.stride;
    this.sums = new Float64Array(buffer, at.sums, slots * this.slotSize);
    this.pairs = new Float64Array(buffer, at.pairs, 2 * n);
    this.ofRows = Array.from(
      { length: shape.rowNumbers },
      (_, i) => new Float64Array(buffer, at.ofRows + i * rowBytes(n), n),
    );
    this.order = new Int32Array(buffer, at.order, n);
    this.all = new Int32Array(buffer, at.all, n);
    if (lane === 0) for (let i = 0; i < n; i++) this.all[i] = i;
    this.spill = new Int32Array(buffer, at.spill, n);
    this.traits = new Int32Array(buffer, at.traits, 3 * k);
    this.codes = new Uint8Array(buffer, at.codes, n * k);
    this.packed = new Uint8Array(buffer, at.packed, packedBytes(shape));
    this.gains = new Float64Array(buffer, at.gains, 2 * k * shape.splits);
    this.state = new Float64Array(buffer, at.states + lane * stateBytes, STATE);
    this.list = new Int32Array(buffer, at.lists + lane * listBytes(k), k);
  }

  /** For one thread. */
  static own(shape: OwnShape, useKernels = true): HistogramMemory {
    const alone = { ...shape, splits: 1, threads: 1 };
    const { end } = layoutOf(alone);
    const instance = useKernels ? compiled.borrow(end) : null;
    const buffer = instance?.memory.buffer ?? new ArrayBuffer(end);
    const giveBack = instance && ((): void => compiled.giveBack(instance));
    return new HistogramMemory(alone, 0, buffer, instance?.exports ?? null, null, giveBack);
  }

  /** For several threads, of which the one that makes it is number 0; null where nothing can be compiled. */
  static share(shape: HistogramShape): HistogramMemory | null {
    const instance = shared.borrowShared(layoutOf(shape).end);
    if (instance === null) return null;
    const { memory, exports } = instance;
    return new HistogramMemory(shape, 0, memory.buffer, exports, memory, () => shared.giveBackShared(instance));
  }

  /** The same memory for thread number `lane`. */
  static over(shape: HistogramShape, memory: SharedWasmMemory, lane: number): HistogramMemory | null {
    const kernels = shared.on(memory, lane);
    return kernels && new HistogramMemory(shape, lane, memory.buffer, kernels, memory);
  }

  /** Ends its use by all threads, in the one that made it: the next may have it. */
  release(): void {
    this.giveBack?.();
    this.giveBack = null;
  }

  /** How many bytes the sums of one node are. */
  static slotBytes(shape: Pick<HistogramShape, 'k' | 'maxBins'>): number {
    return shape.k * strideOf(shape) * F64;
  }

  /** Takes the codes of a column. */
  setCodes(column: number, codes: Uint8Array): void {
    const { n, k } = this.shape;
    copyTo(this.codes, column * n, 1, codes);
    if (column < k - (k % PACKED))
      copyTo(this.packed, (column - (column % PACKED)) * n + (column % PACKED), PACKED, codes);
  }

  /** The address of a slot's sums. */
  slotAddress(slot: number): number {
    return this.sums.byteOffset + slot * this.slotSize * F64;
  }
}

/** One by one, to every `step`-th place: what copies typed arrays is slow where memory is shared. */
function copyTo(to: Uint8Array, at: number, step: number, codes: Uint8Array): void {
  for (let i = 0; i < codes.length; i++) to[at + step * i] = codes[i];
}

/** A thread's state and list lie on lines of the cache that no other thread writes to. */
const LINE = 128;
const lines = (bytes: number): number => Math.ceil(bytes / LINE) * LINE;
const stateBytes = lines(STATE * F64);
const listBytes = (k: number): number => lines(k * I32);
/** Bins of a column, the one of missing values behind, gradient and hessian each. */
const strideOf = ({ maxBins }: Pick<HistogramShape, 'maxBins'>): number => 2 * (maxBins + 1);

/** One number of each row, from one that two fit at on. */
const rowBytes = (n: number): number => F64 * (n + (n & 1));

const packedBytes = ({ n, k }: HistogramShape): number => n * (k - (k % PACKED));

function layoutOf(shape: HistogramShape): { readonly at: Record<string, number>; readonly end: number } {
  const { n, k, slots, splits, threads } = shape;
  const layout = new Layout();
  const at = {
    sums: layout.place(slots * k * strideOf(shape) * F64),
    pairs: layout.place(2 * n * F64),
    ofRows: layout.place(shape.rowNumbers * rowBytes(n)),
    order: layout.place(n * I32),
    all: layout.place(n * I32),
    spill: layout.place(n * I32),
    traits: layout.place(3 * k * I32),
    gains: layout.place(2 * k * splits * F64),
    states: layout.place(threads * stateBytes + LINE),
    lists: layout.place(threads * listBytes(k) + LINE),
    codes: layout.place(n * k),
    packed: layout.place(packedBytes(shape)),
  };
  return { at, end: layout.end };
}
