import { parentPort } from 'node:worker_threads';
import { describeError, type TaskReply, type TaskRequest } from './task-messages';

export type ReportProgress = (fraction: number, message?: string) => void;
export type TaskHandler<P = never, R = unknown> = (payload: P, report: ReportProgress) => R | Promise<R>;
export type TaskHandlers = Readonly<Record<string, TaskHandler>>;

const PROGRESS_STEP = 0.005;

/**
 * Turns the current worker thread into a server of the named tasks, one at a time. Called once by a worker entry file.
 * Results are copied to the caller, not moved: a thread in which one buffer was ever detached checks for that at every
 * access to any typed array from then on, which costs its later tasks more than the copy.
 * @throws Error when the current thread is not a worker.
 */
export function serveTasks(handlers: TaskHandlers): void {
  const port = parentPort;
  if (port === null) throw new Error('tasks are served by worker threads only');
  const reply = (message: TaskReply): void => port.postMessage(message);
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
        reply({ id, kind: 'result', result });
      } catch (error) {
        reply({ id, kind: 'error', error: describeError(error) });
      }
    })();
  });
}
