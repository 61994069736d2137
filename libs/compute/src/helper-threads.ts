import { Worker } from 'node:worker_threads';

/**
 * Threads that help whoever has them with work in shared memory: a job is posted and not waited for. They start at their
 * first job, never keep the process alive, and end with the thread that has them.
 */
export class HelperThreads<Job> {
  private readonly workers: (Worker | undefined)[] = [];

  /** @param entry absolute path of a built JavaScript file that calls `serveJobs`. */
  constructor(private readonly entry: string) {}

  /** Gives a job to helper number `helper`, from 0 on; one that has ended is replaced. */
  start(helper: number, job: Job): void {
    this.workers[helper] ??= this.open(helper);
    this.workers[helper].postMessage(job);
  }

  /** Ends them all. */
  async close(): Promise<void> {
    await Promise.all(this.workers.splice(0).map(async (worker) => worker?.terminate()));
  }

  private open(helper: number): Worker {
    const worker = new Worker(this.entry);
    const forget = (): void => {
      if (this.workers[helper] === worker) this.workers[helper] = undefined;
    };
    // why it ended is for whoever has the job: it tells by the memory that both share
    worker.on('error', forget);
    worker.on('exit', forget);
    worker.unref();
    return worker;
  }
}
