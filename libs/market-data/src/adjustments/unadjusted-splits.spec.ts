import { DAY_MS } from '@assay/primitives';
import { splitText, unadjustedSplits } from './unadjusted-splits';

const days = (n: number): { openTimeMs: Float64Array } => ({
  openTimeMs: Float64Array.from({ length: n }, (_, i) => Date.parse('2024-06-06') + i * DAY_MS),
});

describe('splits left in raw prices', () => {
  it('are found where the adjustment steps by two or more, up or down, roundings aside', () => {
    const factors = Float64Array.of(0.1, 0.1, 1, 1, 0.4999);
    const found = unadjustedSplits(days(5), factors);
    expect(found.map(({ bar }) => bar)).toEqual([2, 4]);
    expect(splitText(found, 'adjust them')).toBe(
      'raw prices step by splits on 2024-06-08 (10 for 1), 2024-06-10 (1 for 2), as the adjusted close shows: adjust them',
    );
  });

  it('are no dividends, and none are found without an adjusted close', () => {
    expect(unadjustedSplits(days(3), Float64Array.of(0.9, 0.95, 1))).toEqual([]);
    expect(unadjustedSplits(days(3), null)).toEqual([]);
  });
});
