import { sweepTemplate } from '@assay/quant';
import type { Job } from './data';
import { jobs, longCloses, realCloses, sweepOptions } from './data';
import { timesOf, timesOfTwo } from './measure';
import type { Reference } from './reference';
import { refusal } from './reference';
import type { Row } from './rows';
import { TwoThreads } from './sweep-threads';

const ratioRow = (what: string, ms: number, against: number, note = ''): Row => ({
  what,
  value: `${ms.toFixed(2)} ms / ${against.toFixed(2)} ms`,
  ratio: ms / against,
  note,
});

function compare(reference: Reference, job: Job, kind: 'fused' | 'events', ms: number, threads: number): Row {
  const entry = reference[`${job.name}_${kind}`];
  const refused = refusal(entry, job.name, kind, 5000);
  const row = ratioRow(
    `sweep ${job.name}, 5k bars, ${threads} thread${threads > 1 ? 's' : ''}, against C ${kind}`,
    ms,
    entry.ms,
  );
  return refused === null ? row : { ...row, ratio: null, note: refused };
}

const runOf =
  (job: Job, closes: Float64Array, kernel: 'compiled' | 'plain' = 'compiled') =>
  (): void =>
    void sweepTemplate(job.template, closes, job.grid, { ...sweepOptions, kernel });

/** Kernel times on one and two threads, beside the plain TypeScript kernel and the C program where there is one. */
export async function benchSweeps(reference: Reference | null): Promise<Row[]> {
  const rows: Row[] = [];
  const threads = new TwoThreads();
  try {
    for (const job of jobs) {
      const closes = realCloses();
      const cold = performance.now();
      runOf(job, closes)();
      const coldMs = performance.now() - cold;
      rows.push({ what: `sweep ${job.name}, 5k bars, cold`, value: `${coldMs.toFixed(1)} ms`, ratio: null, note: '' });
      const [{ median: one }, { median: two }] = await timesOfTwo(runOf(job, closes), threads.prepare(job, closes));
      const plain = timesOf(runOf(job, closes, 'plain'), 9).median;
      rows.push(ratioRow(`sweep ${job.name}, 5k bars, compiled against plain TypeScript`, one, plain));
      if (reference !== null) {
        rows.push(compare(reference, job, 'fused', one, 1), compare(reference, job, 'events', one, 1));
        rows.push(compare(reference, job, 'fused', two, 2));
      } else
        rows.push({ what: `sweep ${job.name}`, value: '', ratio: null, note: 'no C compiler: nothing to compare' });
      rows.push({ ...ratioRow(`sweep ${job.name}, 5k bars, 1 against 2 threads`, one, two), note: 'scaling' });
      const long = longCloses(20_000);
      const [one20k, two20k] = await timesOfTwo(runOf(job, long), threads.prepare(job, long));
      const what = `sweep ${job.name}, 20k bars, 1 against 2 threads`;
      rows.push({ ...ratioRow(what, one20k.median, two20k.median), note: 'scaling' });
    }
  } finally {
    await threads.close();
  }
  return rows;
}

/** Growth of the cost with the number of bars. */
export function benchGrowth(): Row[] {
  const rows: Row[] = [];
  for (const job of jobs) {
    let before = 0;
    for (const n of [1_000, 10_000, 100_000, 1_000_000]) {
      const ms = timesOf(runOf(job, longCloses(n)), n > 100_000 ? 1 : 3, n > 100_000 ? 0 : 1).best;
      rows.push({
        what: `sweep ${job.name}, ${n.toLocaleString('en')} bars`,
        value: `${ms.toFixed(1)} ms`,
        ratio: before > 0 ? ms / before : null,
        note: before > 0 ? 'against a tenth of the bars' : '',
      });
      before = ms;
    }
  }
  return rows;
}
