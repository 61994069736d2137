import { equalWeights } from './equal-weights';

const total = (weights: { weight: number }[]): number => weights.reduce((sum, { weight }) => sum + weight, 0);

describe('equalWeights', () => {
  it('gives nothing to nobody', () => {
    expect(equalWeights([])).toEqual([]);
  });

  it('shares capital between strategies, and a strategy between its symbols', () => {
    const weights = equalWeights([
      { strategyId: 'a', symbols: ['AAPL'] },
      { strategyId: 'b', symbols: ['MSFT', 'GOOG'] },
    ]);
    expect(weights).toEqual([
      { strategyId: 'a', weight: 0.5, symbols: [{ symbol: 'AAPL', weight: 0.5 }] },
      {
        strategyId: 'b',
        weight: 0.5,
        symbols: [
          { symbol: 'MSFT', weight: 0.25 },
          { symbol: 'GOOG', weight: 0.25 },
        ],
      },
    ]);
  });

  it.each([1, 3, 7, 50])('adds up to 1 with %i strategies', (n) => {
    const members = Array.from({ length: n }, (_, i) => ({ strategyId: String(i), symbols: ['X'] }));
    expect(total(equalWeights(members))).toBeCloseTo(1, 12);
  });
});
