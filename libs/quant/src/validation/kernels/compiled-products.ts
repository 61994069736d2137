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

interface Memory {
  readonly buffer: ArrayBuffer;
}

/** The part of the JavaScript API of WebAssembly that is used; not every runtime has it. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (size: { initial: number }) => Memory;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

const PAGE_BYTES = 65_536;
const MOST_PAGES = 65_536;

const api = (globalThis as { WebAssembly?: WebAssemblyApi }).WebAssembly;
let compiled: object | null | undefined;

function compile(): object | null {
  if (api === undefined) return null;
  try {
    return new api.Module(Uint8Array.from(atob(productsModule), (letter) => letter.charCodeAt(0)));
  } catch {
    // no vectors, or compiling is forbidden: the plain loops give the same
    return null;
  }
}

/** The kernels on a memory of their own, which goes when the caller lets go of it; null where there are none, or no room. */
export function compiledProducts(bytes: number): CompiledProducts | null {
  compiled ??= compile();
  const pages = Math.ceil(bytes / PAGE_BYTES);
  if (compiled === null || pages > MOST_PAGES) return null;
  try {
    const memory = new api!.Memory({ initial: pages });
    const { exports } = new api!.Instance(compiled, { env: { memory } });
    return { ...(exports as Pick<CompiledProducts, 'products64' | 'products32'>), buffer: memory.buffer };
  } catch {
    return null;
  }
}

/** Places arrays in a linear memory: addresses of so many bytes, one after the other, at multiples of 16. */
export class Layout {
  /** Addresses below are left alone: the compiler takes them for invalid. */
  end = 1024;

  place(bytes: number): number {
    const address = this.end;
    this.end += (bytes + 15) & ~15;
    return address;
  }
}

/** The kernels take rows in groups of so many. */
export const ROW_GROUP = 4;

export function padded(count: number, group: number): number {
  return Math.ceil(count / group) * group;
}
