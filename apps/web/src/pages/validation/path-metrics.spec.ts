import { metricsOverPaths } from './path-metrics';

const CATALOGUE = [
  { key: 'total_return', name: 'Total return', unit: 'fraction' },
  { key: 'sharpe_ratio', name: 'Sharpe ratio', unit: 'ratio' },
  { key: 'trade_count', name: 'Trades', unit: 'count' },
];
const paths = [{ metrics: { sharpe_ratio: 1, trade_count: 7 } }, { metrics: { sharpe_ratio: 3, trade_count: 7 } }, { metrics: { sharpe_ratio: null, trade_count: 7 } }]; // prettier-ignore
const distributions = {
  sharpe_ratio: { defined: 2, least: 1, q25: 1.5, median: 2, q75: 2.5, greatest: 3, reason: 'returns do not vary' },
  trade_count: { defined: 3, least: 7, q25: 7, median: 7, q75: 7, greatest: 7 },
};

describe('metrics over the paths', () => {
  it('stand in the order of the catalogue, each path at its place between the ends', () => {
    const rows = metricsOverPaths({ paths, distributions }, CATALOGUE)!;
    expect(rows.map(({ name, places, defined, reason }) => [name, places, defined, reason])).toEqual([
      ['Sharpe ratio', [0, 1], 2, 'returns do not vary'],
      ['Trades', [0.5, 0.5, 0.5], 3, null],
    ]);
    expect(rows[0]).toMatchObject(distributions.sharpe_ratio);
  });

  it('are none of a run from before they were kept', () =>
    expect(metricsOverPaths({ paths: [{ sharpe: 1 }] }, CATALOGUE)).toBeNull());
});
