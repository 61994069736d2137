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

export interface KernelInstance<Exports> {
  readonly exports: Exports;
  readonly memory: WasmMemory;
}

/** An instance is kept for the next who borrows one where its memory is not larger; it has room for somewhat larger work. */
const MOST_KEPT_BYTES = 2 ** 24;
const LEAST_BORROWED_BYTES = 2 ** 18;

/** A kernel module in base64, compiled at the first call that needs it and at most once in a thread. */
export class KernelModule<Exports> {
  private compiled: object | null | undefined;
  private idle: KernelInstance<Exports> | null = null;

  constructor(private readonly base64: string) {}

  /** False where the runtime has no WebAssembly with vectors, or forbids compiling: the TypeScript form gives the same bits. */
  get available(): boolean {
    this.compiled ??= this.compile();
    return this.compiled !== null;
  }

  /** An instance on a memory of its own of at least so many bytes; null where it is not available or has no room. */
  instantiate(bytes: number): KernelInstance<Exports> | null {
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

  /**
   * The same for work that ends, see `giveBack`; what is in its memory may be anything. The engine compiles calls for the
   * instance that they go to: many short works with one instance take less time than each with its own.
   */
  borrow(bytes: number): KernelInstance<Exports> | null {
    const { idle } = this;
    if (idle !== null && idle.memory.buffer.byteLength >= bytes) {
      this.idle = null;
      return idle;
    }
    const room = Math.max(LEAST_BORROWED_BYTES, 2 ** Math.ceil(Math.log2(bytes)));
    return this.instantiate(room <= MOST_KEPT_BYTES ? room : bytes);
  }

  /** Ends a work: nobody may use the instance or its memory any more. */
  giveBack(instance: KernelInstance<Exports>): void {
    const { byteLength } = instance.memory.buffer;
    if (byteLength <= MOST_KEPT_BYTES && byteLength >= (this.idle?.memory.buffer.byteLength ?? 0)) this.idle = instance;
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
