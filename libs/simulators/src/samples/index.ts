import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Bars of real markets, daily, in packages that are installed with the product. */
const REAL = {
  sp500: { file: 'vega-datasets/data/sp500-2000.csv', origin: 'S&P 500 index, daily, real (vega-datasets)' },
  aapl: {
    file: '@observablehq/sample-datasets/aapl.csv',
    origin: 'AAPL, daily, real, adjusted (@observablehq/sample-datasets)',
  },
} as const;

export type RealSample = keyof typeof REAL;
export const REAL_SAMPLES = Object.keys(REAL) as RealSample[];

/** CSV text of a market with what it is; read as files, since the packages do not export all of theirs. */
export function realSample(name: RealSample): { origin: string; content: string } {
  const { file, origin } = REAL[name];
  const packages = join(dirname(require.resolve('@observablehq/sample-datasets/aapl.csv')), '..', '..');
  return { origin, content: readFileSync(join(packages, file), 'utf8') };
}
