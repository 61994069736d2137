import { realSample, syntheticPlantedEdge } from '@assay/simulators';

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

export function marketFiles(): MarketFile[] {
  return [
    {
      source: 'vega',
      symbol: 'SP500',
      market: 'US',
      adjust: 'none',
      synthetic: false,
      ...realSample('sp500'),
    },
    {
      source: 'observable',
      symbol: 'AAPL',
      market: 'US',
      adjust: 'adj_close',
      synthetic: false,
      ...realSample('aapl'),
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
