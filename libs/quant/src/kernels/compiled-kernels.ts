import { kernelModule } from './kernels.generated';

interface Memory {
  readonly buffer: ArrayBuffer;
}

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
  readonly memory: Memory;
}

/** The part of the JavaScript API of WebAssembly that is used; not every runtime has it. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (size: { initial: number }) => Memory;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

const PAGE_BYTES = 65_536;
const LEAST_PAGES = 64;

const api = (globalThis as { WebAssembly?: WebAssemblyApi }).WebAssembly;
let compiled: object | null | undefined;
let kernels: CompiledKernels | null = null;

/** True where the runtime has WebAssembly with vectors; compiles the kernels at the first call. */
export function hasCompiledKernels(): boolean {
  compiled ??= compile();
  return compiled !== null;
}

function compile(): object | null {
  if (api === undefined) return null;
  try {
    return new api.Module(Uint8Array.from(atob(kernelModule), (letter) => letter.charCodeAt(0)));
  } catch {
    // no vectors, or compiling is forbidden: the TypeScript kernels give the same bits
    return null;
  }
}

/**
 * The kernels on a memory of at least so many bytes. A larger memory comes with a new instance: growing would detach a
 * buffer, and an engine that has seen a detached buffer once makes every later access to any typed array slower.
 */
function kernelsWith(bytes: number): CompiledKernels {
  if (kernels === null || kernels.memory.buffer.byteLength < bytes) {
    let pages = LEAST_PAGES;
    while (pages * PAGE_BYTES < bytes) pages *= 2;
    const memory = new api!.Memory({ initial: pages });
    const { exports } = new api!.Instance(compiled!, { env: { memory } });
    kernels = { ...(exports as KernelExports), memory };
  }
  return kernels;
}

/** Addresses below are left alone: the compiler takes them for invalid. */
const FIRST_ADDRESS = 1024;

/** Places arrays in the linear memory of the kernels, one run at a time. Views exist from `commit` on. */
export class Arena {
  private end = FIRST_ADDRESS;
  private memory: Memory;

  /** Address of so many bytes, at a multiple of 16. */
  place(bytes: number): number {
    const address = this.end;
    this.end += (bytes + 15) & ~15;
    return address;
  }

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
