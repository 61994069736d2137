export interface WasmMemory<Buffer = ArrayBuffer> {
  readonly buffer: Buffer;
}

/** One that several threads have. */
export type SharedWasmMemory = WasmMemory<SharedArrayBuffer>;

/** The part of the JavaScript API of WebAssembly that is used; not every runtime has it. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: {
    new (size: { initial: number }): WasmMemory;
    new (size: { initial: number; maximum: number; shared: true }): SharedWasmMemory;
  };
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

export const PAGE_BYTES = 65_536;
const MOST_PAGES = 65_536;

const api = (globalThis as { WebAssembly?: WebAssemblyApi }).WebAssembly;

/** A kernel module in base64, compiled at the first call that needs it and at most once in a thread. */
export class KernelModule<Exports> {
  private compiled: object | null | undefined;

  constructor(private readonly base64: string) {}

  /** False where the runtime has no WebAssembly with vectors, or forbids compiling: the TypeScript form gives the same bits. */
  get available(): boolean {
    this.compiled ??= this.compile();
    return this.compiled !== null;
  }

  /** An instance on a memory of its own of at least so many bytes; null where it is not available or has no room. */
  instantiate(bytes: number): { readonly exports: Exports; readonly memory: WasmMemory } | null {
    const pages = Math.ceil(bytes / PAGE_BYTES);
    if (!this.available || pages > MOST_PAGES) return null;
    try {
      const memory = new api!.Memory({ initial: pages });
      const { exports } = new api!.Instance(this.compiled!, { env: { memory } });
      return { exports: exports as Exports, memory };
    } catch {
      return null;
    }
  }

  /** A memory of at least so many bytes that threads can share, for `on`, of a module compiled for such; null where there is none. */
  shareMemory(bytes: number): SharedWasmMemory | null {
    const pages = Math.ceil(bytes / PAGE_BYTES);
    if (!this.available || pages > MOST_PAGES) return null;
    try {
      return new api!.Memory({ initial: pages, maximum: pages, shared: true });
    } catch {
      return null;
    }
  }

  /** An instance on a memory that there is already; null where it is not available. */
  on(memory: SharedWasmMemory): Exports | null {
    if (!this.available) return null;
    try {
      return new api!.Instance(this.compiled!, { env: { memory } }).exports as Exports;
    } catch {
      return null;
    }
  }

  private compile(): object | null {
    if (api === undefined) return null;
    try {
      return new api.Module(Uint8Array.from(atob(this.base64), (letter) => letter.charCodeAt(0)));
    } catch {
      return null;
    }
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
