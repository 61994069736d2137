import { InvalidInputError } from '../errors/invalid-input';

/** Splits of one CPCV: each is fitted, scored, stored and shown. */
export const MOST_SPLITS = 1000;
/** Splits x bars of one CPCV: the paths hold at most half as many returns. */
export const MOST_SPLIT_BARS = 1e8;
/** Choices of any kind that are listed one by one: those of 10 blocks of 20. */
export const MOST_COMBINATIONS = 184_756;

/** C(n, k): the ways to choose k of n; exact below 2^53, Infinity beyond the range of numbers. */
export function chooseCount(n: number, k: number): number {
  const fewer = Math.min(k, n - k);
  let count = 1;
  for (let i = 1; i <= fewer && count < Infinity; i++) count = Math.round((count * (n - fewer + i)) / i);
  return count;
}

/**
 * Refuses a choice of `chosen` out of `all` that has more than `most` splits, before any of them is made.
 * @throws InvalidInputError naming the field, the limit and the number of splits.
 */
export function checkSplitCount(field: string, all: number, chosen: number, most: number): void {
  const splits = chooseCount(all, chosen);
  if (splits <= most) return;
  const given = splits === Infinity ? 'over 1e308' : String(splits);
  throw new InvalidInputError(
    `${field} must give at most ${most} splits, gave ${given} by choosing ${chosen} of ${all}: choose fewer, or from fewer`,
    { field, rule: `at most ${most} splits`, value: given },
  );
}

/** The same for the splits of a CPCV over n bars. */
export function checkCpcvSize({ n, groups, testGroups }: { n: number; groups: number; testGroups: number }): void {
  checkSplitCount('testGroups', groups, testGroups, MOST_SPLITS);
  const splits = chooseCount(groups, testGroups);
  const most = Math.floor(MOST_SPLIT_BARS / splits);
  if (n <= most) return;
  throw new InvalidInputError(
    `n must be at most ${most} bars with ${splits} splits, was ${n}: take fewer bars or fewer groups`,
    { field: 'n', rule: `at most ${most}`, value: String(n) },
  );
}
