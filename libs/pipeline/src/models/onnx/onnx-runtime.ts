import { builtEntry } from '@assay/compute';
import { refuse } from '@assay/primitives';
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import type { OnnxReply, OnnxRequest } from './onnx-protocol';

/** The optional package that runs models of other frameworks. */
const RUNTIME = 'onnxruntime-web';
/** What no prediction and no start of the runtime takes; less than after which a connection without an answer is cut. */
const MOST_WAIT_MS = 20_000;

type Answer<K extends OnnxReply['kind']> = Extract<OnnxReply, { kind: K }>;

/** The model itself cannot be used; every other error is none of the model's. */
export class UnusableModel extends Error {}

/** The runtime said no: what it says is of the model. */
export class OnnxRefusal extends UnusableModel {}

/** The model took too long; its thread is gone, and with it every model that was open there. */
export class OnnxSilence extends UnusableModel {}

/** What the runtime says without the place in its own sources, such as `/src/core/safeint.h:17 static void f(int) `. */
function plain(message: string): string {
  const [line] = message.split('\n');
  return line!.replace(/\S*\/\S+\.(?:h|cc|cpp):\d+ (?:[^()]*\([^()]*\)(?: const)? )?/, '');
}

/**
 * ONNX Runtime on a thread of its own, asked and waited for: it answers by promises, and predictions are made where
 * nothing may wait for one. The thread starts at the first question and never keeps the process alive.
 */
export class OnnxRuntime {
  private thread: { worker: Worker; port: MessagePort } | undefined;
  private answered = new Int32Array(new SharedArrayBuffer(4));

  constructor(private readonly runtime = RUNTIME) {}

  /** @throws DomainError `not_ready` where the runtime is not installed; OnnxRefusal; OnnxSilence, after which no model is open. */
  ask<K extends OnnxReply['kind']>(kind: K, request: OnnxRequest, mostWaitMs = MOST_WAIT_MS): Answer<K> {
    const { port } = (this.thread ??= this.start());
    Atomics.store(this.answered, 0, 0);
    port.postMessage(request);
    if (!this.awaitAnswer(mostWaitMs)) {
      this.end();
      throw new OnnxSilence(`the model must answer within ${mostWaitMs / 1000} s, did not`);
    }
    const { message } = receiveMessageOnPort(port) as { message: OnnxReply };
    if (message.kind === kind) return message as Answer<K>;
    const said = message.kind === 'failed' ? plain(message.message) : message.kind;
    if (message.kind === 'failed' && message.missing) {
      throw refuse(
        'not_ready',
        `a model of this kind needs the optional package ${this.runtime}, which cannot be loaded here (${said}): npm install ${this.runtime}`,
      );
    }
    throw new OnnxRefusal(said);
  }

  /**
   * False where none came in time. A wake-up alone is no answer: an answer that was seen before it was waited for wakes
   * whoever waits for the next one.
   */
  private awaitAnswer(mostWaitMs: number): boolean {
    const until = performance.now() + mostWaitMs;
    while (Atomics.load(this.answered, 0) === 0) {
      const left = until - performance.now();
      if (left <= 0) return false;
      Atomics.wait(this.answered, 0, 0, left);
    }
    return true;
  }

  /** Ends the thread, whatever it is at; the next question starts another. */
  private end(): void {
    const { worker, port } = this.thread!;
    this.thread = undefined;
    // what it may still say is none of the next thread's answers
    this.answered = new Int32Array(new SharedArrayBuffer(4));
    port.close();
    void worker.terminate();
  }

  private start(): { worker: Worker; port: MessagePort } {
    const { port1, port2 } = new MessageChannel();
    const worker = new Worker(builtEntry(__dirname, 'onnx-thread.js'), {
      workerData: { port: port2, answered: this.answered, runtime: this.runtime },
      transferList: [port2],
    });
    worker.unref();
    port1.unref();
    return { worker, port: port1 };
  }
}
