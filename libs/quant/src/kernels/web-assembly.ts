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

export interface KernelInstance<Exports, Memory = WasmMemory> {
  readonly exports: Exports;
  readonly memory: Memory;
}

export type SharedInstance<Exports> = KernelInstance<Exports, SharedWasmMemory>;

/** An instance is kept for the next who borrows one where its memory is not larger; it has room for somewhat larger work. */
const MOST_KEPT_BYTES = 2 ** 24;
const LEAST_BORROWED_BYTES = 2 ** 18;

/** How many bytes are had for work of so many. */
function roomFor(bytes: number): number {
  const room = Math.max(LEAST_BORROWED_BYTES, 2 ** Math.ceil(Math.log2(bytes)));
  return room <= MOST_KEPT_BYTES ? room : bytes;
}

/** Words of a shared memory below all addresses, one for each thread, by which it finds that it knows the memory. */
const TRACES = 256;

/** A kernel module in base64, compiled at the first call that needs it and at most once in a thread. */
export class KernelModule<Exports> {
  private compiled: object | null | undefined;
  private idle: KernelInstance<Exports> | null = null;
  private idleShared: SharedInstance<Exports> | null = null;
  /** Of a memory that another thread has borrowed. */
  private known: SharedInstance<Exports> | null = null;

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
    return this.instantiate(roomFor(bytes));
  }

  /** Ends a work: nobody may use the instance or its memory any more. */
  giveBack(instance: KernelInstance<Exports>): void {
    const { byteLength } = instance.memory.buffer;
    if (byteLength <= MOST_KEPT_BYTES && byteLength >= (this.idle?.memory.buffer.byteLength ?? 0)) this.idle = instance;
  }

  /** The same on a memory that threads can share, for `on` there; of a module compiled for such. */
  borrowShared(bytes: number): SharedInstance<Exports> | null {
    const { idleShared } = this;
    if (idleShared !== null && idleShared.memory.buffer.byteLength >= bytes) {
      this.idleShared = null;
      return idleShared;
    }
    const pages = Math.ceil(roomFor(bytes) / PAGE_BYTES);
    if (!this.available || pages > MOST_PAGES) return null;
    try {
      return this.over(new api!.Memory({ initial: pages, maximum: pages, shared: true }));
    } catch {
      return null;
    }
  }

  /** Ends a work: no thread may use the memory any more. */
  giveBackShared(instance: SharedInstance<Exports>): void {
    const { byteLength } = instance.memory.buffer;
    const kept = this.idleShared?.memory.buffer.byteLength ?? 0;
    if (byteLength <= MOST_KEPT_BYTES && byteLength >= kept) this.idleShared = instance;
  }

  /**
   * An instance on a memory that another thread has borrowed, for thread number `lane` of those that work in it: the one of the
   * work before where the memory is the same. Null where it is not available.
   */
  on(memory: SharedWasmMemory, lane: number): Exports | null {
    if (this.known !== null && isSame(this.known.memory, memory, lane)) return this.known.exports;
    if (!this.available) return null;
    try {
      const instance = this.over(memory);
      this.known = memory.buffer.byteLength <= MOST_KEPT_BYTES ? instance : null;
      return instance.exports;
    } catch {
      return null;
    }
  }

  private over(memory: SharedWasmMemory): SharedInstance<Exports> {
    return { memory, exports: new api!.Instance(this.compiled!, { env: { memory } }).exports as Exports };
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

/** Whether two objects are of one memory: what is written to the one is in the other. The word is this thread's alone. */
function isSame(known: SharedWasmMemory, memory: SharedWasmMemory, lane: number): boolean {
  if (lane >= TRACES || known.buffer.byteLength !== memory.buffer.byteLength) return false;
  const [one, other] = [known, memory].map(({ buffer }) => new Int32Array(buffer, 0, TRACES));
  const before = Atomics.load(other, lane);
  Atomics.add(one, lane, 1);
  return Atomics.load(other, lane) !== before;
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
