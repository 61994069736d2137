import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SweepGrid, SweepTemplate } from '@assay/quant';
import { createRng } from '@assay/quant';

export const repositoryRoot = join(__dirname, '../../..');

/** The first 5,000 closes of the S&P 500. */
export function realCloses(): Float64Array {
  const csv = readFileSync(join(repositoryRoot, 'node_modules/vega-datasets/data/sp500-2000.csv'), 'utf8');
  return Float64Array.from(csv.trim().split('\n').slice(1, 5001), (line) => Number(line.split(',')[4]));
}

/** The real returns again and again, shuffled: any length with real tails. */
export function longCloses(n: number): Float64Array {
  const closes = realCloses();
  const rng = createRng('bench');
  const out = new Float64Array(n);
  let price = 1000;
  for (let i = 0; i < n; i++) {
    const k = 1 + rng.int(closes.length - 1);
    price *= closes[k] / closes[k - 1];
    if (price > 1e5 || price < 10) price = 1000;
    out[i] = price;
  }
  return out;
}

const range = (from: number, to: number, step: number): Float64Array =>
  Float64Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => Number((from + i * step).toFixed(12)));

export interface Job {
  readonly name: 'A' | 'B';
  readonly template: SweepTemplate;
  readonly grid: SweepGrid;
  readonly cells: number;
  /** Sums of total return, Sharpe without nulls and max drawdown over all cells of the 5,000 real closes. */
  readonly golden: readonly [number, number, number];
}

export const jobs: readonly Job[] = [
  {
    name: 'A',
    template: 'sma-cross',
    grid: { first: range(2, 100, 1), second: range(2, 100, 1) },
    cells: 4851,
    golden: [3465.5055998, 1694.7295394, 1466.615521],
  },
  {
    name: 'B',
    template: 'bollinger-hysteresis',
    grid: { first: range(5, 100, 1), second: range(0, 3, 0.1) },
    cells: 2976,
    golden: [51.2168471, 118.5864738, 805.9652937],
  },
];

export const sweepOptions = { feeBps: 5, periodsPerYear: 365 };
