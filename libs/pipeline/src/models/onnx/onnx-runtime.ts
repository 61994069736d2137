import { builtEntry } from '@assay/compute';
import { refuse } from '@assay/primitives';
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import type { OnnxReply, OnnxRequest } from './onnx-protocol';

/** The optional package that runs models of other frameworks. */
const RUNTIME = 'onnxruntime-web';
/** What no prediction and no start of the runtime takes. */
const MOST_WAIT_MS = 60_000;

type Answer<K extends OnnxReply['kind']> = Extract<OnnxReply, { kind: K }>;

/** The runtime said no: what it says is of the model. */
export class OnnxRefusal extends Error {}

/**
 * ONNX Runtime on a thread of its own, asked and waited for: it answers by promises, and predictions are made where
 * nothing may wait for one. The thread starts at the first question and never keeps the process alive.
 */
export class OnnxRuntime {
  private port: MessagePort | undefined;
  private readonly answered = new Int32Array(new SharedArrayBuffer(4));

  constructor(private readonly runtime = RUNTIME) {}

  /** @throws DomainError `not_ready` where the runtime is not installed; OnnxRefusal. */
  ask<K extends OnnxReply['kind']>(kind: K, request: OnnxRequest): Answer<K> {
    this.port ??= this.start();
    Atomics.store(this.answered, 0, 0);
    this.port.postMessage(request);
    if (Atomics.wait(this.answered, 0, 0, MOST_WAIT_MS) === 'timed-out') {
      this.port = undefined;
      throw new Error(`${this.runtime} must answer within ${MOST_WAIT_MS} ms, did not`);
    }
    const { message } = receiveMessageOnPort(this.port) as { message: OnnxReply };
    if (message.kind === kind) return message as Answer<K>;
    const said = message.kind === 'failed' ? message.message.split('\n')[0]! : message.kind;
    if (message.kind === 'failed' && message.missing) {
      throw refuse(
        'not_ready',
        `a model of this kind needs the optional package ${this.runtime}, which cannot be loaded here (${said}): npm install ${this.runtime}`,
      );
    }
    throw new OnnxRefusal(said);
  }

  private start(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    const worker = new Worker(builtEntry(__dirname, 'onnx-thread.js'), {
      workerData: { port: port2, answered: this.answered, runtime: this.runtime },
      transferList: [port2],
    });
    worker.unref();
    port1.unref();
    return port1;
  }
}
