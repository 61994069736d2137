import type { FloatType, OnnxReply, OnnxRequest, OnnxSignature } from './onnx-protocol';
import { OnnxRuntime, OnnxSilence } from './onnx-runtime';

/** Models that are open at once; others are opened again when they are asked. */
const MOST_OPEN = 16;

let shared: OnnxRuntime | undefined;
/** What is open, by key, the one asked longest ago first. */
const open = new Map<string, OnnxSignature>();

function ask<K extends OnnxReply['kind']>(kind: K, request: OnnxRequest): Extract<OnnxReply, { kind: K }> {
  shared ??= new OnnxRuntime();
  try {
    return shared.ask(kind, request);
  } catch (error) {
    if (error instanceof OnnxSilence) open.clear();
    throw error;
  }
}

/** A model in the runtime of this thread, named by the hash of its bytes. */
export class OnnxSession {
  constructor(
    private readonly key: string,
    private readonly bytes: Uint8Array,
  ) {}

  /** @throws OnnxRefusal when the bytes are no model; DomainError `not_ready` where the runtime is not installed. */
  signature(): OnnxSignature {
    const { key, bytes } = this;
    const known = open.get(key);
    if (known) {
      open.delete(key);
      open.set(key, known);
      return known;
    }
    if (open.size >= MOST_OPEN) {
      const [oldest] = open.keys();
      open.delete(oldest!);
      ask('closed', { kind: 'close', key: oldest! });
    }
    const { signature } = ask('opened', { kind: 'open', key, bytes });
    open.set(key, signature);
    return signature;
  }

  /** The named output for one input. @throws OnnxRefusal */
  run(input: string, output: string, type: FloatType, shape: number[], values: ArrayLike<number>) {
    this.signature();
    return ask('ran', { kind: 'run', key: this.key, input, output, type, shape, values });
  }
}
