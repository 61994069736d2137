import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Indicator, Parameters } from '@assay/quant';
import { computeIndicator } from '@assay/quant';
import type { Bars } from './indicator-bars';
import { columnsOf } from './indicator-bars';

interface TalibCase {
  readonly indicator: string;
  readonly params: Parameters;
  readonly output: string;
  readonly producer: string;
  /** Number of values TA-Lib gives; `values` are [index among them, value]. */
  readonly count: number;
  readonly values: [number, number][];
}

const golden = JSON.parse(readFileSync(join(__dirname, 'talib.golden.json'), 'utf8')) as {
  tolerance: number;
  cases: TalibCase[];
};

export const talibCases: readonly TalibCase[] = golden.cases;

/** The S&P 500 bars that TA-Lib was given. */
function indexBars(): Bars {
  const rows = readFileSync(join(__dirname, '../../../../node_modules/vega-datasets/data/sp500-2000.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1, 251)
    .map((line) => line.split(',').slice(1).map(Number));
  const column = (index: number): Float64Array => Float64Array.from(rows, (row) => row[index]);
  return { open: column(0), high: column(1), low: column(2), close: column(3), volume: column(5), value: column(0) };
}

/** Throws where a value is not TA-Lib's, or the first is on another bar. */
export function expectTalib(indicator: Indicator, { params, output, count, values }: TalibCase): void {
  const out = computeIndicator(indicator, columnsOf(indicator, indexBars()), params)[indicator.outputs.indexOf(output)];
  const first = out.length - count;
  expect(first).toBe(indicator.lookback(params));
  for (const [index, value] of values)
    expect(Math.abs(out[first + index] - value)).toBeLessThan(golden.tolerance * Math.max(1, Math.abs(value)));
}
