import { join } from 'node:path';
import { shareColumn, TaskPool } from '@assay/compute';
import { mergeSweep, planSweep, type SegmentBooks, sweepPart, type SweepPlan, type SweepResult } from '@assay/quant';
import { jobs, sweepOptions, type Job } from './data';

export interface PartWork {
  readonly job: Job['name'];
  readonly closes: Float64Array;
  readonly plan: SweepPlan;
  /** Shared by all threads: how many parts have been taken. */
  readonly taken: Int32Array;
}

type Done = [place: number, books: SegmentBooks][];

/** Computes parts until none is left to take. */
export function takeParts({ job, closes, plan, taken }: PartWork): Done {
  const { template, grid } = jobs.find(({ name }) => name === job)!;
  const done: Done = [];
  for (let place = Atomics.add(taken, 0, 1); place < plan.parts.length; place = Atomics.add(taken, 0, 1))
    done.push([place, sweepPart(template, closes, grid, sweepOptions, plan.parts[place])]);
  return done;
}

/** This thread and a persistent second one. */
export class TwoThreads {
  private readonly pool = new TaskPool({ entry: join(__dirname, 'sweep-worker.js'), threads: 1 });

  /** A sweep that can be run again and again over the same shared closes. */
  prepare(job: Job, closes: Float64Array): () => Promise<SweepResult> {
    const plan = planSweep(job.template, job.grid, closes.length, 2);
    const shared = shareColumn(closes);
    return async () => {
      const taken = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
      const work: PartWork = { job: job.name, closes: shared, plan, taken };
      const there = this.pool.run<Done>('takeParts', work);
      const books = new Array<SegmentBooks>(plan.parts.length);
      for (const [place, part] of [...takeParts(work), ...(await there)]) books[place] = part;
      return mergeSweep(plan, books, sweepOptions.periodsPerYear);
    };
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}
