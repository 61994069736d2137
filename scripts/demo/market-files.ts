import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { syntheticPlantedEdge } from '@assay/simulators';

/** Bars of the demo as CSV text, with where they come from. */
export interface MarketFile {
  source: string;
  symbol: string;
  market: string;
  adjust: 'none' | 'adj_close';
  synthetic: boolean;
  origin: string;
  content: string;
}

/** Chosen before the first run and never changed to make a case come out. */
export const PLANTED_SEED = 1;

/** Read as files: the packages do not export their package.json, and their JavaScript is not needed. */
const PACKAGES = join(__dirname, '..', '..', '..', 'node_modules');
const packageFile = (name: string, path: string): string => readFileSync(join(PACKAGES, name, path), 'utf8');

export function marketFiles(): MarketFile[] {
  return [
    {
      source: 'vega',
      symbol: 'SP500',
      market: 'US',
      adjust: 'none',
      synthetic: false,
      origin: 'S&P 500 index, daily, real (vega-datasets)',
      content: packageFile('vega-datasets', 'data/sp500-2000.csv'),
    },
    {
      source: 'observable',
      symbol: 'AAPL',
      market: 'US',
      adjust: 'adj_close',
      synthetic: false,
      origin: 'AAPL, daily, real, adjusted (@observablehq/sample-datasets)',
      content: packageFile('@observablehq/sample-datasets', 'aapl.csv'),
    },
    {
      source: 'synthetic',
      symbol: 'SYNTHETIC',
      market: 'US',
      adjust: 'none',
      synthetic: true,
      origin: `SYNTHETIC market with a planted edge, seed ${PLANTED_SEED}`,
      content: syntheticPlantedEdge({ seed: PLANTED_SEED }),
    },
  ];
}
