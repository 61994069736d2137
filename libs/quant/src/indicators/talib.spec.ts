import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { indicators } from './catalog';
import { computeIndicator } from './compute-indicator';
import type { BarColumn, Parameters } from './indicator';

interface Golden {
  readonly tolerance: number;
  readonly cases: {
    readonly indicator: string;
    readonly params: Parameters;
    readonly output: string;
    readonly producer: string;
    /** Number of values TA-Lib gives; `values` are [index among them, value]. */
    readonly count: number;
    readonly values: [number, number][];
  }[];
}

const golden = JSON.parse(readFileSync(join(__dirname, 'talib.golden.json'), 'utf8')) as Golden;
const rows = readFileSync(join(__dirname, '../../../../node_modules/vega-datasets/data/sp500-2000.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1, 251)
  .map((line) => line.split(',').slice(1).map(Number));
const column = (index: number): Float64Array => Float64Array.from(rows, (row) => row[index]);
const bars: Record<BarColumn, Float64Array> = {
  open: column(0),
  high: column(1),
  low: column(2),
  close: column(3),
  volume: column(5),
  value: column(0),
};

describe('TA-Lib conventions on S&P 500 bars', () => {
  it.each(golden.cases.map((c) => [`${c.indicator} ${c.output} is ${c.producer}`, c] as const))('%s', (_name, c) => {
    const indicator = indicators.get(c.indicator)!;
    const out = computeIndicator(
      indicator,
      indicator.inputs.map((name) => bars[name]),
      c.params,
    )[indicator.outputs.indexOf(c.output)];
    const first = out.length - c.count;
    expect(first).toBe(indicator.lookback(c.params));
    for (const [index, value] of c.values)
      expect(Math.abs(out[first + index] - value)).toBeLessThan(golden.tolerance * Math.max(1, Math.abs(value)));
  });
});
