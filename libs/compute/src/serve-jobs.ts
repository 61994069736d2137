import { parentPort } from 'node:worker_threads';

/**
 * Turns the current worker thread into a helper: `work` does one job after the other. When the thread ends within one,
 * `abandon` gets it.
 * @throws Error when the current thread is not a worker.
 */
export function serveJobs<Job>(work: (job: Job) => void, abandon: (job: Job) => void): void {
  if (parentPort === null) throw new Error('jobs are served by worker threads only');
  let current: Job | undefined;
  process.on('exit', () => {
    if (current !== undefined) abandon(current);
  });
  parentPort.on('message', (job: Job) => {
    current = job;
    work(job);
    current = undefined;
  });
}
