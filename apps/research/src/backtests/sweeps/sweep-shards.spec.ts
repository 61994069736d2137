import { SHARD_WORK, sweepShards, universeShards } from './sweep-shards';

describe('the shards of a sweep', () => {
  it('cover all cells in order, none twice', () => {
    const ranges = sweepShards(4_999, 2_500, false);
    expect(ranges[0]![0]).toBe(0);
    expect(ranges.at(-1)![1]).toBe(4_999);
    ranges.slice(1).forEach(([from], i) => expect(from).toBe(ranges[i]![1]));
  });

  it('take on no more than the work of one', () => {
    for (const [from, to] of sweepShards(4_999, 2_500, false))
      expect((to - from) * 2_500).toBeLessThanOrEqual(SHARD_WORK);
  });

  it('are one for a small sweep', () => {
    expect(sweepShards(400, 2_500, false)).toEqual([[0, 400]]);
    expect(sweepShards(1, 10_000_000, true)).toEqual([[0, 1]]);
  });

  it('are smaller where each cell fits a model', () => {
    expect(sweepShards(16, 2_500, true)).toEqual([
      [0, 8],
      [8, 16],
    ]);
  });

  it('of a universe have cells enough to be worth the reading of all its bars', () => {
    expect(universeShards(45, 500 * 2_500)).toEqual([
      [0, 15],
      [15, 30],
      [30, 45],
    ]);
    expect(universeShards(600, 8 * 250)).toEqual([
      [0, 300],
      [300, 600],
    ]);
  });

  it('are as many as cells where one cell is more than the work of one', () => {
    expect(sweepShards(3, 2_000_000, false)).toHaveLength(3);
  });
});
