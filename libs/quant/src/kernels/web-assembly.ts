export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

/** The part of the JavaScript API of WebAssembly that is used; not every runtime has it. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (size: { initial: number }) => WasmMemory;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

const WASM_PAGE_BYTES = 65_536;

/**
 * An instance of a module in base64 on a memory of its own of so many bytes, or null where the runtime has no
 * WebAssembly with vectors or forbids compiling: the TypeScript form gives the same bits.
 */
export function instantiateKernel<Exports>(
  module: string,
  bytes: number,
): { readonly exports: Exports; readonly memory: WasmMemory } | null {
  const api = (globalThis as { WebAssembly?: WebAssemblyApi }).WebAssembly;
  if (api === undefined) return null;
  try {
    const compiled = new api.Module(Uint8Array.from(atob(module), (letter) => letter.charCodeAt(0)));
    const memory = new api.Memory({ initial: Math.ceil(bytes / WASM_PAGE_BYTES) });
    const { exports } = new api.Instance(compiled, { env: { memory } });
    return { exports: exports as Exports, memory };
  } catch {
    return null;
  }
}
