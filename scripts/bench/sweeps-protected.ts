import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sweepTemplate, type SweepResult } from '@assay/quant';
import { jobs, repositoryRoot, sweepOptions, type Job } from './data';
import { timesOf } from './measure';
import { runProtectedReference, type SweepReference } from './reference';
import type { Row } from './rows';

/** As in reference-protected.c. */
const protection = {
  stopLoss: Float64Array.of(0.05),
  takeProfit: Float64Array.of(0.1),
  trailingStop: Float64Array.of(0.07),
  size: Float64Array.of(0.8),
};
const BARS = 5_000;
/** Most nanoseconds per cell and bar that count as a fair reference. */
const SLOWEST_REFERENCE = 3.0;

/** Opens, highs, lows and closes of the first 5,000 bars of the S&P 500, one column after the other. */
function realBars(): Float64Array {
  const csv = readFileSync(join(repositoryRoot, 'node_modules/vega-datasets/data/sp500-2000.csv'), 'utf8');
  const rows = csv
    .trim()
    .split('\n')
    .slice(1, BARS + 1);
  const bars = new Float64Array(4 * BARS);
  rows.forEach((row, i) => {
    const cells = row.split(',');
    for (let k = 0; k < 4; k++) bars[k * BARS + i] = Number(cells[k + 1]);
  });
  return bars;
}

const sum = (values: Float64Array): number => values.reduce((total, x) => (x === x ? total + x : total), 0);

/** Why the reference may not be used, or null when it may. */
function refusal(reference: SweepReference, result: SweepResult, cells: number): string | null {
  const ours = [result.totalReturn, result.sharpe, result.maxDrawdown].map(sum);
  const other = ours.findIndex((value, k) => !(Math.abs(value - reference.sums[k]) <= 1e-6));
  if (other >= 0) return `reference gives other sums: ${reference.sums[other]}, ours ${ours[other]}`;
  const ns = (reference.ms * 1e6) / (cells * BARS);
  return ns > SLOWEST_REFERENCE ? `reference too slow: ${ns.toFixed(2)} ns per cell and bar` : null;
}

function rowsOf(job: Job, bars: Float64Array, reference: SweepReference | null): Row[] {
  const [open, high, low, close] = [0, 1, 2, 3].map((k) => bars.subarray(k * BARS, (k + 1) * BARS));
  const grid = { ...job.grid, ...protection };
  const run = (kernel: 'compiled' | 'plain'): SweepResult =>
    sweepTemplate(job.template, close, grid, { ...sweepOptions, bars: { open, high, low }, kernel });
  const ms = timesOf(() => void run('compiled')).median;
  const plain = timesOf(() => void run('plain'), 5, 3).median;
  const row = (what: string, against: number): Row => ({
    what: `sweep ${job.name} with stops, 5k bars, ${what}`,
    value: `${ms.toFixed(2)} ms / ${against.toFixed(2)} ms`,
    ratio: ms / against,
    note: '',
  });
  const rows = [row('compiled against plain TypeScript', plain)];
  if (reference === null) return rows;
  const refused = refusal(reference, run('compiled'), job.cells);
  const against = row('1 thread, against C fused with stops', reference.ms);
  return [...rows, refused === null ? against : { ...against, ratio: null, note: refused }];
}

/** Jobs A and B with a stop, a target, a trailing stop and a partial size in every cell, one thread. */
export function benchProtectedSweeps(): Row[] {
  const bars = realBars();
  const reference = runProtectedReference(bars, 15);
  return jobs.flatMap((job) => rowsOf(job, bars, reference?.[`${job.name}_protected`] ?? null));
}
