import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { type MessagePort, workerData } from 'node:worker_threads';
import type { OnnxReply, OnnxRequest, OnnxValue } from './onnx-protocol';

type Runtime = typeof import('onnxruntime-web');

/** The runtime answers by promises; whoever asks is no promise and waits for `answered`. */
const { port, answered, runtime } = workerData as { port: MessagePort; answered: Int32Array; runtime: string };
const sessions = new Map<string, InferenceSession>();
let loaded: Runtime | undefined;

class Missing extends Error {}

async function load(): Promise<Runtime> {
  if (loaded) return loaded;
  try {
    loaded = (await import(runtime)) as Runtime;
  } catch (error) {
    throw new Missing((error as Error).message);
  }
  // sums in one order, so that the same row has the same bits
  loaded.env.wasm.numThreads = 1;
  loaded.env.logLevel = 'error';
  return loaded;
}

const valueOf = (found: InferenceSession.ValueMetadata): OnnxValue =>
  found.isTensor
    ? { name: found.name, isTensor: true, type: found.type, shape: [...found.shape] }
    : { name: found.name, isTensor: false, type: 'sequence or map', shape: [] };

async function answer(request: OnnxRequest): Promise<OnnxReply> {
  const { InferenceSession: Session, Tensor: Make } = await load();
  if (request.kind === 'close') {
    await sessions.get(request.key)?.release();
    sessions.delete(request.key);
    return { kind: 'closed' };
  }
  if (request.kind === 'open') {
    const session = await Session.create(request.bytes, { executionProviders: ['wasm'], logSeverityLevel: 3 });
    sessions.set(request.key, session);
    return {
      kind: 'opened',
      signature: { inputs: session.inputMetadata.map(valueOf), outputs: session.outputMetadata.map(valueOf) },
    };
  }
  const { key, input, output, type, shape, values } = request;
  const feed: Tensor =
    type === 'float32'
      ? new Make('float32', Float32Array.from(values), shape)
      : new Make('float64', Float64Array.from(values), shape);
  const { [output]: found } = await sessions.get(key)!.run({ [input]: feed }, [output]);
  const { data } = found!;
  const numbers = data instanceof Float32Array || data instanceof Float64Array ? Float64Array.from(data) : null;
  return { kind: 'ran', dims: [...found!.dims], values: numbers, type: found!.type };
}

port.on('message', (request: OnnxRequest) => {
  void (async () => {
    let reply: OnnxReply;
    try {
      reply = await answer(request);
    } catch (error) {
      reply = { kind: 'failed', missing: error instanceof Missing, message: (error as Error).message };
    }
    port.postMessage(reply);
    Atomics.store(answered, 0, 1);
    Atomics.notify(answered, 0);
  })();
});
