/** Half-open range of work items. */
export type Range = readonly [from: number, to: number];

/**
 * Splits `total` items into at most `shards` contiguous ranges whose sizes differ by at most one, the longer first.
 * The ranges depend on the two counts only, so a merge in shard order does not depend on who computed what.
 */
export function shardRange(total: number, shards: number): Range[] {
  const count = Math.min(total, Math.max(1, Math.floor(shards)));
  const ranges: Range[] = [];
  let from = 0;
  for (let shard = 0; shard < count; shard++) {
    const size = Math.floor(total / count) + (shard < total % count ? 1 : 0);
    ranges.push([from, from + size]);
    from += size;
  }
  return ranges;
}
