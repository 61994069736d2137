import { KernelModule, Layout } from '../../kernels/web-assembly';
import { codeOf } from './binned-columns';
import { binsModule } from './bins.generated';

interface Kernels {
  sortDoubles(values: number, n: number, other: number, counts: number): void;
  codeDoubles(values: number, n: number, cuts: number, count: number, missing: number, codes: number): void;
}

const compiled = new KernelModule<Kernels>(binsModule);
const F64 = 8;
const COUNTS = 8 * 256;

/** Sorts columns of at most `n` values and codes them by cuts; compiled where it can be, else plain: the same answers. */
export class ColumnCoder {
  /** The column to code. */
  readonly values: Float64Array;
  /** The column to sort; ascending after `sort`. */
  readonly sorted: Float64Array;
  private readonly other: number;
  private readonly counts: Int32Array;
  private readonly cuts: Float64Array;
  private readonly codes: Uint8Array;
  private readonly kernels: Kernels | null;

  constructor(
    n: number,
    private readonly maxBins: number,
    useKernels = true,
  ) {
    const layout = new Layout();
    const [values, sorted, other] = [layout.place(n * F64), layout.place(n * F64), layout.place(n * F64)];
    const [counts, cuts, codes] = [layout.place(COUNTS * 4), layout.place(maxBins * F64), layout.place(n)];
    const instance = useKernels ? compiled.instantiate(layout.end) : null;
    const buffer = instance?.memory.buffer ?? new ArrayBuffer(layout.end);
    this.kernels = instance?.exports ?? null;
    this.values = new Float64Array(buffer, values, n);
    this.sorted = new Float64Array(buffer, sorted, n);
    this.other = other;
    this.counts = new Int32Array(buffer, counts, COUNTS);
    this.cuts = new Float64Array(buffer, cuts, maxBins);
    this.codes = new Uint8Array(buffer, codes, n);
  }

  /** The first `count` of `sorted`, which have no NaN, ascending. */
  sort(count: number): Float64Array {
    const { kernels, sorted, counts } = this;
    const part = sorted.subarray(0, count);
    if (kernels === null) return part.sort();
    counts.fill(0);
    kernels.sortDoubles(sorted.byteOffset, count, this.other, counts.byteOffset);
    return part;
  }

  /** Codes of `values` by ascending cuts; `maxBins` for NaN. Overwritten by the next call. */
  code(cuts: Float64Array): Uint8Array {
    const { kernels, values, codes, maxBins } = this;
    if (kernels === null) {
      for (let i = 0; i < values.length; i++) codes[i] = Number.isNaN(values[i]) ? maxBins : codeOf(cuts, values[i]);
      return codes;
    }
    this.cuts.set(cuts);
    const own = [values.byteOffset, values.length, this.cuts.byteOffset] as const;
    kernels.codeDoubles(...own, cuts.length, maxBins, codes.byteOffset);
    return codes;
  }
}
