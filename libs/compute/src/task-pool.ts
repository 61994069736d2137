import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ReportProgress } from './serve-tasks';
import { shardRange, type Range } from './shard-range';
import { reviveError, type TaskReply, type TaskRequest } from './task-messages';

export interface TaskPoolOptions {
  /** Absolute path of a built JavaScript file that calls `serveTasks`. */
  entry: string;
  /** Number of worker threads; default: the cores of the machine. */
  threads?: number;
}

export interface RunOptions {
  onProgress?: ReportProgress;
  /** Aborting rejects with `AbortError`; a task that runs already is ended with its thread. */
  signal?: AbortSignal;
  /** Memory of the payload that the thread takes over in place of a copy; whoever has it here finds it empty. */
  transfer?: readonly ArrayBuffer[];
}

/** The thread ended before it answered: infrastructure, so the caller may retry. */
export class WorkerCrashed extends Error {
  override readonly name = 'WorkerCrashed';
}

interface Pending extends RunOptions {
  request: TaskRequest;
  resolve(result: unknown): void;
  reject(error: Error): void;
  unlisten(): void;
}

interface Thread {
  worker: Worker;
  current: Pending | null;
}

/**
 * Runs named tasks on persistent worker threads, first come first served. Threads start at the first task, keep running
 * between tasks, and never keep the process alive while idle.
 */
export class TaskPool {
  readonly threads: number;
  private readonly entry: string;
  private readonly pool: Thread[] = [];
  private readonly queue: Pending[] = [];
  private nextId = 1;
  private closed = false;

  constructor({ entry, threads = availableParallelism() }: TaskPoolOptions) {
    if (!Number.isInteger(threads) || threads < 1)
      throw new Error(`threads must be a whole number of at least 1, was ${threads}`);
    this.entry = entry;
    this.threads = threads;
  }

  /** Threads that would have nothing to do if one more task came now. */
  get idleBesideOne(): number {
    const busy = this.pool.filter(({ current }) => current !== null).length;
    return Math.max(0, this.threads - busy - this.queue.length - 1);
  }

  /** @throws the task's own error with its name and fields; WorkerCrashed; AbortError. */
  run<R>(task: string, payload: unknown, options: RunOptions = {}): Promise<R> {
    if (this.closed) return Promise.reject(new Error('the pool is closed'));
    if (options.signal?.aborted) return Promise.reject(aborted(options.signal));
    return new Promise<R>((resolve, reject) => {
      const pending: Pending = {
        ...options,
        request: { id: this.nextId++, task, payload },
        resolve: resolve as (result: unknown) => void,
        reject,
        unlisten: () => options.signal?.removeEventListener('abort', onAbort),
      };
      const onAbort = (): void => this.abort(pending);
      options.signal?.addEventListener('abort', onAbort, { once: true });
      this.queue.push(pending);
      this.dispatch();
    });
  }

  /**
   * Cuts `total` items into shards, runs the task once per shard and returns the results in shard order.
   * Progress is the mean over the shards. More shards than threads even out unequal items.
   */
  async runSharded<R>(
    task: string,
    total: number,
    payloadOf: (range: Range, shard: number) => unknown,
    options: RunOptions & { shards?: number } = {},
  ): Promise<R[]> {
    const ranges = shardRange(total, options.shards ?? this.threads);
    const done = new Float64Array(ranges.length);
    return Promise.all(
      ranges.map((range, shard) =>
        this.run<R>(task, payloadOf(range, shard), {
          signal: options.signal,
          onProgress: (fraction, message) => {
            done[shard] = fraction;
            options.onProgress?.(done.reduce((sum, x) => sum + x, 0) / ranges.length, message);
          },
        }),
      ),
    );
  }

  /** Ends all threads; tasks under way and waiting are rejected. */
  async close(): Promise<void> {
    this.closed = true;
    for (const pending of this.queue.splice(0))
      this.settle(pending, () => pending.reject(new Error('the pool is closed')));
    await Promise.all(this.pool.splice(0).map((thread) => this.end(thread, new Error('the pool is closed'))));
  }

  private dispatch(): void {
    while (this.queue.length > 0) {
      let thread = this.pool.find((candidate) => candidate.current === null);
      if (thread === undefined) {
        if (this.pool.length >= this.threads) return;
        thread = this.start();
      }
      const pending = this.queue.shift()!;
      thread.current = pending;
      thread.worker.ref();
      try {
        thread.worker.postMessage(pending.request, pending.transfer);
      } catch (error) {
        this.release(thread);
        this.settle(pending, () => pending.reject(error as Error));
      }
    }
  }

  private start(): Thread {
    const thread: Thread = { worker: new Worker(this.entry), current: null };
    thread.worker.on('message', (reply: TaskReply) => this.receive(thread, reply));
    thread.worker.on('error', (error) => this.lose(thread, `worker failed: ${error.message}`));
    thread.worker.on('exit', (code) => this.lose(thread, `worker exited with code ${code}`));
    thread.worker.unref();
    this.pool.push(thread);
    return thread;
  }

  private receive(thread: Thread, reply: TaskReply): void {
    const pending = thread.current;
    if (pending === null || pending.request.id !== reply.id) return;
    if (reply.kind === 'progress') {
      pending.onProgress?.(reply.fraction, reply.message);
      return;
    }
    this.release(thread);
    this.settle(pending, () =>
      reply.kind === 'result' ? pending.resolve(reply.result) : pending.reject(reviveError(reply.error)),
    );
    this.dispatch();
  }

  private release(thread: Thread): void {
    thread.current = null;
    thread.worker.unref();
  }

  private settle(pending: Pending, outcome: () => void): void {
    pending.unlisten();
    outcome();
  }

  private lose(thread: Thread, reason: string): void {
    const at = this.pool.indexOf(thread);
    if (at < 0) return;
    this.pool.splice(at, 1);
    const pending = thread.current;
    thread.current = null;
    if (pending !== null)
      this.settle(pending, () => pending.reject(new WorkerCrashed(`${pending.request.task}: ${reason}`)));
    this.dispatch();
  }

  private abort(pending: Pending): void {
    const waiting = this.queue.indexOf(pending);
    const error = aborted(pending.signal!);
    if (waiting >= 0) {
      this.queue.splice(waiting, 1);
      this.settle(pending, () => pending.reject(error));
      return;
    }
    const thread = this.pool.find((candidate) => candidate.current === pending);
    if (thread === undefined) return;
    this.pool.splice(this.pool.indexOf(thread), 1);
    void this.end(thread, error);
    this.dispatch();
  }

  private async end(thread: Thread, error: Error): Promise<void> {
    const pending = thread.current;
    thread.current = null;
    if (pending !== null) this.settle(pending, () => pending.reject(error));
    await thread.worker.terminate();
  }
}

function aborted(signal: AbortSignal): Error {
  const error = new Error('the task was aborted', { cause: signal.reason });
  error.name = 'AbortError';
  return error;
}
