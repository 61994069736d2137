import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sweepTemplate } from './sweep-template';
import type { SweepTemplate } from './templates';

const range = (from: number, to: number, step: number): Float64Array =>
  Float64Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => Number((from + i * step).toFixed(12)));

const csv = join(__dirname, '../../../../node_modules/vega-datasets/data/sp500-2000.csv');
const closes = Float64Array.from(readFileSync(csv, 'utf8').trim().split('\n').slice(1, 5001), (line) =>
  Number(line.split(',')[4]),
);

const sum = (values: Float64Array): number => values.reduce((total, x) => (x === x ? total + x : total), 0);

// Producer: the reference sums of both jobs over the first 5,000 closes, seven decimals.
describe('golden sums over all cells of the S&P 500', () => {
  it.each<[SweepTemplate, Float64Array, Float64Array, number, [number, number, number]]>([
    ['sma-cross', range(2, 100, 1), range(2, 100, 1), 4851, [3465.5055998, 1694.7295394, 1466.615521]],
    ['bollinger-hysteresis', range(5, 100, 1), range(0, 3, 0.1), 2976, [51.2168471, 118.5864738, 805.9652937]],
  ])('%s', (template, first, second, cells, [totalReturn, sharpe, maxDrawdown]) => {
    const result = sweepTemplate(template, closes, { first, second }, { feeBps: 5, periodsPerYear: 365 });
    expect(closes).toHaveLength(5000);
    expect(result.sharpe).toHaveLength(cells);
    expect(sum(result.totalReturn)).toBeCloseTo(totalReturn, 6);
    expect(sum(result.sharpe)).toBeCloseTo(sharpe, 6);
    expect(sum(result.maxDrawdown)).toBeCloseTo(maxDrawdown, 6);
  });
});
