import { KernelModule } from '../../kernels/web-assembly';
import { productsModule } from './products.generated';

/**
 * What `assembly/index.ts` exports: all arguments are addresses and counts. A panel is 32 bytes wide: 4 columns in double,
 * 8 in single precision; number k of lane l stands at k x lanes + l.
 */
type Kernel = (
  rows: number,
  count: number,
  length: number,
  used: number,
  tile: number,
  panels: number,
  out: number,
) => void;

export interface CompiledProducts {
  readonly buffer: ArrayBuffer;
  readonly products64: Kernel;
  readonly products32: Kernel;
}

const wasm = new KernelModule<Pick<CompiledProducts, 'products64' | 'products32'>>(productsModule);

/** The kernels on a memory of their own, which goes when the caller lets go of it; null where there are none, or no room. */
export function compiledProducts(bytes: number): CompiledProducts | null {
  const made = wasm.instantiate(bytes);
  return made === null ? null : { ...made.exports, buffer: made.memory.buffer };
}

/** The kernels take rows in groups of so many. */
export const ROW_GROUP = 4;

export function padded(count: number, group: number): number {
  return Math.ceil(count / group) * group;
}
