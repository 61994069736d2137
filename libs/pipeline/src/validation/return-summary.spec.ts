import { sharpeRatio } from '@assay/quant';
import { sharpePerBar } from './return-summary';

describe('the Sharpe ratio per bar, which the ledger keeps and the gates judge', () => {
  it('is the mean over the sample deviation', () => {
    expect(sharpePerBar(Float64Array.of(0.01, 0.03))).toBeCloseTo(0.02 / Math.sqrt(2 * 0.01 ** 2), 12);
  });

  it('is the annual one without the root of the bars per year', () => {
    const returns = Float64Array.from({ length: 500 }, (_, i) => Math.sin(i) / 100 + 0.001);
    expect(sharpePerBar(returns)).toBeCloseTo(sharpeRatio(returns, 252)! / Math.sqrt(252), 12);
  });

  it.each([
    ['equal returns, whatever their sum is rounded to', new Float64Array(1000).fill(0.1)],
    ['one return', Float64Array.of(0.01)],
    ['none', new Float64Array(0)],
    ['a return that is missing', Float64Array.of(0.01, NaN, 0.02)],
  ])('is undefined for %s', (_, returns) => {
    expect(sharpePerBar(returns)).toBeNull();
  });
});
