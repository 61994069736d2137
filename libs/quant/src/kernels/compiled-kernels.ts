import { kernelModule } from './kernels.generated';
import { KernelModule, Layout, PAGE_BYTES, type WasmMemory } from './web-assembly';

/** What `assembly/index.ts` exports; all but costs are addresses and counts. */
interface KernelExports {
  openLedger(...addresses: number[]): void;
  closeLedger(): void;
  cross(...addresses: number[]): void;
  hysteresis(...addresses: number[]): void;
  openProtected(...addresses: number[]): void;
  protectedCross(...addresses: number[]): void;
  protectedHysteresis(...addresses: number[]): void;
}

export interface CompiledKernels extends KernelExports {
  readonly memory: WasmMemory;
}

const LEAST_PAGES = 64;

const wasm = new KernelModule<KernelExports>(kernelModule);
let kernels: CompiledKernels | null = null;

/** True where the runtime has WebAssembly with vectors; compiles the kernels at the first call. */
export function hasCompiledKernels(): boolean {
  return wasm.available;
}

/**
 * The kernels on a memory of at least so many bytes. A larger memory comes with a new instance: growing would detach a
 * buffer, and an engine that has seen a detached buffer once makes every later access to any typed array slower.
 */
function kernelsWith(bytes: number): CompiledKernels {
  if (kernels === null || kernels.memory.buffer.byteLength < bytes) {
    let pages = LEAST_PAGES;
    while (pages * PAGE_BYTES < bytes) pages *= 2;
    const made = wasm.instantiate(pages * PAGE_BYTES);
    if (made === null) throw new RangeError(`a sweep needs ${bytes} bytes at a time, which no memory of a kernel has`);
    kernels = { ...made.exports, memory: made.memory };
  }
  return kernels;
}

/** Places arrays in the linear memory of the kernels, one run at a time. Views exist from `commit` on. */
export class Arena extends Layout {
  private memory: WasmMemory;

  /** The kernels with room for all that was placed. Call only where `hasCompiledKernels`. */
  commit(): CompiledKernels {
    const kernels = kernelsWith(this.end);
    this.memory = kernels.memory;
    return kernels;
  }

  floats(address: number, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, address, length);
  }

  ints(address: number, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, address, length);
  }
}
