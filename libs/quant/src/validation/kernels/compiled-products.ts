import { KernelModule, type SharedWasmMemory } from '../../kernels/web-assembly';
import { productsModule } from './products.generated';
import { sharedProductsModule } from './shared-products.generated';

/** What `assembly/index.ts` exports: all arguments are addresses and counts. */
export interface ProductKernels {
  /** A panel has 4 columns; number k of column c stands at 4 k + c. */
  products64(
    rows: number,
    count: number,
    length: number,
    used: number,
    tile: number,
    panels: number,
    out: number,
  ): void;
  screen16(
    rows: number,
    groups: number,
    pairs: number,
    tile: number,
    panels: number,
    levels: number,
    levelCount: number,
    factors: number,
    sums: number,
    sumsOf: number,
    limits: number,
    found: number,
  ): number;
  weighted16(row: number, column: number, pairs: number, weights: number): number;
}

export interface CompiledProducts<Buffer = ArrayBuffer> extends ProductKernels {
  readonly buffer: Buffer;
}

/** The kernels on a memory that other threads can have too, until it is released. */
export interface SharedProducts extends CompiledProducts<SharedArrayBuffer> {
  readonly memory: SharedWasmMemory;
  release(): void;
}

const wasm = new KernelModule<ProductKernels>(productsModule);
const shared = new KernelModule<ProductKernels>(sharedProductsModule);

/** The kernels on a memory of their own, which goes when the caller lets go of it; null where there are none, or no room. */
export function compiledProducts(bytes: number): CompiledProducts | null {
  const made = wasm.instantiate(bytes);
  return made === null ? null : { ...kernelsOf(made.exports), buffer: made.memory.buffer };
}

/** The same for several threads; null where there are none, or no room. */
export function sharedProducts(bytes: number): SharedProducts | null {
  const made = shared.borrowShared(bytes);
  if (made === null) return null;
  const { exports, memory } = made;
  return { ...kernelsOf(exports), memory, buffer: memory.buffer, release: () => shared.giveBackShared(made) };
}

/** In thread number `lane` the kernels on a memory that another one shares. */
export function productsOn(memory: SharedWasmMemory, lane: number): CompiledProducts<SharedArrayBuffer> | null {
  const exports = shared.on(memory, lane);
  return exports && { ...kernelsOf(exports), buffer: memory.buffer };
}

const kernelsOf = ({ products64, screen16, weighted16 }: ProductKernels): ProductKernels => ({
  products64,
  screen16,
  weighted16,
});

/** The kernels take rows in groups of so many. */
export const ROW_GROUP = 4;

export function padded(count: number, group: number): number {
  return Math.ceil(count / group) * group;
}
