import fc from 'fast-check';
import { shardRange } from './shard-range';

describe('shard ranges', () => {
  it('cover all items once, in order, with sizes that differ by at most one', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 64 }), (total, shards) => {
        const ranges = shardRange(total, shards);
        const sizes = ranges.map(([from, to]) => to - from);
        expect(ranges.length).toBe(Math.min(total, shards));
        ranges.forEach(([from], i) => expect(from).toBe(i === 0 ? 0 : ranges[i - 1]![1]));
        expect(sizes.reduce((a, b) => a + b, 0)).toBe(total);
        if (sizes.length > 0) expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('gives the longer ranges first', () => {
    expect(shardRange(7, 3)).toEqual([
      [0, 3],
      [3, 5],
      [5, 7],
    ]);
  });
});
