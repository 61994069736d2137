import { formatNumber, formatPercent } from '../format/number';
import { widened } from './axis-range';

describe('the range of an axis', () => {
  it('of no change has labels that differ', () => {
    const equity = widened({ minValue: 1, maxValue: 1 });
    expect(equity).toEqual({ minValue: 0.995, maxValue: 1.005 });
    const { minValue, maxValue } = widened({ minValue: 0, maxValue: 0 }, 'percent');
    expect([minValue, 0, maxValue].map((value) => formatPercent(value, 1))).toEqual(['-0.5 %', '0.0 %', '0.5 %']);
    expect(new Set([0.995, 1, 1.005].map((value) => formatNumber(value))).size).toBe(3);
  });

  it('of too little change is widened about its middle; of large sums by their size', () => {
    expect(widened({ minValue: 99.9, maxValue: 100.1 })).toEqual({ minValue: 99.5, maxValue: 100.5 });
    expect(widened({ minValue: -200, maxValue: -200 })).toEqual({ minValue: -201, maxValue: -199 });
  });

  it('that is wide enough stays as it is', () => {
    expect(widened({ minValue: 0.9, maxValue: 1.4 })).toEqual({ minValue: 0.9, maxValue: 1.4 });
    expect(widened({ minValue: -0.3, maxValue: 0 }, 'percent')).toEqual({ minValue: -0.3, maxValue: 0 });
  });
});
