import { join } from 'node:path';
import { shareColumn, TaskPool } from '@assay/compute';
import type { MetricKey, SweepResult } from '@assay/quant';
import { methodOf, takeParts } from './template-cells';
import type { TemplateSweep } from './template-sweep';

export interface TemplateSweepOptions {
  /** The calling thread is one of them. */
  threads: number;
  onProgress?: (fraction: number) => void;
}

/**
 * All cells on the given number of threads. The calling thread works too, so one thread starts no worker, and a worker
 * that starts when all parts are taken is not waited for. The result does not depend on who computed what.
 */
export const runTemplateSweep = (sweep: TemplateSweep, options: TemplateSweepOptions): Promise<SweepResult> =>
  runParts({ ...sweep, metric: undefined }, options) as Promise<SweepResult>;

/** The metric of all cells in grid order, in the same way. */
export const runTemplateMetric = (
  sweep: TemplateSweep & { metric: MetricKey },
  options: TemplateSweepOptions,
): Promise<Float64Array> => runParts(sweep, options) as Promise<Float64Array>;

async function runParts(sweep: TemplateSweep, options: TemplateSweepOptions): Promise<unknown> {
  const { threads, onProgress } = options;
  const method = methodOf(sweep);
  const plan = method.plan(sweep, threads);
  const total = plan.parts.length;
  const pool = threads > 1 && total > 1 ? workers(Math.min(threads, total) - 1) : null;
  const taken = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const work = { sweep: pool === null ? sweep : sharedColumns(sweep), plan, taken };
  const results = new Array<unknown>(total);
  const keep = (done: [number, unknown][]): void => done.forEach(([place, result]) => (results[place] = result));
  try {
    const lanes = Array.from({ length: pool?.threads ?? 0 }, () => pool!.run<[number, unknown][]>('takeParts', work));
    // ended unheard when nothing was left for them
    for (const lane of lanes) lane.catch(() => undefined);
    const here = takeParts(work, (count) => onProgress?.(Math.min(count, total) / total));
    keep(here);
    if (here.length < total) (await Promise.all(lanes)).forEach(keep);
    onProgress?.(1);
  } finally {
    // a worker that is still starting ends in its own time
    void pool?.close();
  }
  return method.merge(sweep, plan, results);
}

const workers = (threads: number): TaskPool => new TaskPool({ entry: join(__dirname, 'worker-entry.js'), threads });

function sharedColumns(sweep: TemplateSweep): TemplateSweep {
  const { openTimeMs, open, high, low, close } = sweep;
  const [time, o, h, l, c] = [openTimeMs, open, high, low, close].map(shareColumn);
  return { ...sweep, openTimeMs: time, open: o, high: h, low: l, close: c };
}
