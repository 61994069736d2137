import { parentPort } from 'node:worker_threads';
import { describeError, type TaskReply, type TaskRequest } from './task-messages';

export type ReportProgress = (fraction: number, message?: string) => void;
export type TaskHandler<P = never, R = unknown> = (payload: P, report: ReportProgress) => R | Promise<R>;
export type TaskHandlers = Readonly<Record<string, TaskHandler>>;

const PROGRESS_STEP = 0.005;

/** Buffers of the top-level typed arrays of a result; they are moved, not copied, to the caller. */
function transferables(result: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const visit = (value: unknown, depth: number): void => {
    if (ArrayBuffer.isView(value)) {
      // a view on a part of a buffer shares it with others: copying is the safe choice
      const whole = value.byteLength === value.buffer.byteLength && value.byteLength > 0;
      if (whole && value.buffer instanceof ArrayBuffer) found.add(value.buffer);
    } else if (depth > 0 && value !== null && typeof value === 'object') {
      for (const inner of Object.values(value)) visit(inner, depth - 1);
    }
  };
  visit(result, 3);
  return [...found];
}

/**
 * Turns the current worker thread into a server of the named tasks, one at a time. Called once by a worker entry file.
 * @throws Error when the current thread is not a worker.
 */
export function serveTasks(handlers: TaskHandlers): void {
  const port = parentPort;
  if (port === null) throw new Error('tasks are served by worker threads only');
  const reply = (message: TaskReply, moved: ArrayBuffer[] = []): void => port.postMessage(message, moved);
  port.on('message', ({ id, task, payload }: TaskRequest) => {
    void (async () => {
      try {
        const handler = Object.hasOwn(handlers, task) ? handlers[task] : undefined;
        if (handler === undefined)
          throw new Error(`task must be one of ${Object.keys(handlers).join(', ')}, was ${task}`);
        let reported = 0;
        const result = await handler(payload as never, (fraction, message) => {
          if (fraction < reported + PROGRESS_STEP && message === undefined) return;
          reported = fraction;
          reply({ id, kind: 'progress', fraction, message });
        });
        reply({ id, kind: 'result', result }, transferables(result));
      } catch (error) {
        reply({ id, kind: 'error', error: describeError(error) });
      }
    })();
  });
}
