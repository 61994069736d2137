import { rollingMeanModule } from '../../kernels/rolling-mean.generated';
import { KernelModule } from '../../kernels/web-assembly';

/** About how many bars are copied to the kernel's memory at a time, and the longest window it has room for. */
const TILE_BARS = 4096;
const MOST_WINDOW = 2048;
/** Fewer bars than this are not worth the copying. */
const LEAST_BARS = 256;

/** Addresses below are left alone: the compiler takes them for invalid. */
const INPUT = 1024;
/** A tile is at most this long because it holds whole blocks; both columns have a window more. */
const OUTPUT = INPUT + 8 * (TILE_BARS + 2 * MOST_WINDOW);
const MEMORY_BYTES = OUTPUT + 8 * (TILE_BARS + 2 * MOST_WINDOW);

/** `rollingMeans` of kernels/assembly/rolling-mean.ts with its memory. */
export class CompiledRollingMean {
  constructor(
    private readonly means: (x: number, count: number, window: number, out: number) => number,
    private readonly buffer: ArrayBuffer,
  ) {}

  /** Bars of the tile that begins at `start`: whole blocks, 0 when the plain form is to go on. */
  tileBars(start: number, to: number, window: number): number {
    const left = to - start;
    if (window < 2 || window > MOST_WINDOW || left < LEAST_BARS) return 0;
    return window * Math.min(Math.ceil(TILE_BARS / window), Math.floor(left / window));
  }

  /** Means of the bars [start, start + count) to `out`; returns the sum of x over them. start >= window - 1. */
  run(x: Float64Array, start: number, count: number, window: number, out: Float64Array): number {
    const before = window - 1;
    new Float64Array(this.buffer, INPUT, before + count).set(x.subarray(start - before, start + count));
    const sum = this.means(INPUT + 8 * before, count, window, OUTPUT);
    out.set(new Float64Array(this.buffer, OUTPUT, count), start);
    return sum;
  }
}

const wasm = new KernelModule<{ rollingMeans: CompiledRollingMean['means'] }>(rollingMeanModule);
let instance: CompiledRollingMean | null | undefined;

/** The one kernel of this thread, made at the first call; null where the runtime has no WebAssembly with vectors. */
export function compiledRollingMean(): CompiledRollingMean | null {
  if (instance === undefined) {
    const made = wasm.instantiate(MEMORY_BYTES);
    instance = made === null ? null : new CompiledRollingMean(made.exports.rollingMeans, made.memory.buffer);
  }
  return instance;
}
