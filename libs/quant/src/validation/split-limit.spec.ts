import { combinations, cpcvSplits } from './cpcv';
import { chooseCount, MOST_SPLITS } from './split-limit';

describe('the number of splits', () => {
  it('is the number of combinations, without making them', () => {
    for (let n = 1; n <= 12; n++)
      for (let k = 0; k <= n; k++) expect(chooseCount(n, k)).toBe(combinations(n, k).length);
    expect(chooseCount(40, 20)).toBe(137_846_528_820);
    expect(chooseCount(5000, 2500)).toBe(Infinity);
  });

  it('above the limit is refused with both, before anything is made', () => {
    expect(() => cpcvSplits({ n: 1000, groups: 40, testGroups: 20, horizon: 1 })).toThrow(
      'testGroups must give at most 1000 splits, gave 137846528820 by choosing 20 of 40',
    );
    expect(() => cpcvSplits({ n: 1e6, groups: 1e6, testGroups: 5e5, horizon: 1 })).toThrow('gave over 1e308 by');
    expect(() => combinations(40, 20)).toThrow('at most 184756 splits');
    expect(() => cpcvSplits({ n: 1e9, groups: 6, testGroups: 2, horizon: 1 })).toThrow(
      'n must be at most 6666666 bars with 15 splits, was 1000000000',
    );
    expect(cpcvSplits({ n: 120, groups: 12, testGroups: 6, horizon: 0 }).splits).toHaveLength(924);
    expect(MOST_SPLITS).toBeGreaterThanOrEqual(924);
  });
});
