import { walkForwardTemplate } from '@assay/pipeline';
import { sweepTemplate } from '@assay/quant';
import { DAY_MS } from '@assay/primitives';
import { jobs, realCloses, sweepOptions } from './data';
import { timesOfTwo } from './measure';
import type { Row } from './rows';

const FOLDS = 5;

/** A walk-forward that chooses among all cells in each training window, beside a sweep a fold: what it would cost without sharing the walk. */
export async function benchWalkForward(): Promise<Row[]> {
  const job = jobs.find(({ template }) => template === 'sma-cross')!;
  const close = realCloses();
  const { grid, template } = job;
  const openTimeMs = Float64Array.from(close, (_, i) => Date.UTC(2000, 0, 1) + i * DAY_MS);
  const columns = { openTimeMs, open: close, high: close, low: close, close, volume: close };
  const bars = { symbol: 'BENCH', source: 'bench', timeframe: '1d' as const, ...columns, extra: {} };
  const costs = { feeBps: sweepOptions.feeBps, slippageBps: 0, spreadBps: 0 };
  const options = { fill: 'close' as const, costs, periodsPerYear: sweepOptions.periodsPerYear };
  const search = () => walkForwardTemplate({ template, grid, bars, options, layout: { folds: FOLDS } });
  const { cells, folds } = search();
  const [own, separate] = await timesOfTwo(search, () => {
    for (let fold = 0; fold < FOLDS; fold++) sweepTemplate(template, close, grid, sweepOptions);
  });
  const windows = await timesOfTwo(search, () => {
    for (const { train } of folds) sweepTemplate(template, close.slice(0, train[1]), grid, sweepOptions);
  });
  const row = (what: string, one: number, other: number): Row => ({
    what: `walk-forward, ${FOLDS} folds x ${cells} cells, 5k bars, against ${what}`,
    value: `${one.toFixed(2)} ms / ${other.toFixed(2)} ms`,
    ratio: one / other,
    note: 'choice and equity of every fold included',
  });
  return [
    row(`${FOLDS} sweeps`, own.median, separate.median),
    row('a sweep up to the end of each training window', windows[0].median, windows[1].median),
  ];
}
