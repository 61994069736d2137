import fc from 'fast-check';
import { highestTie, lowestTie, PURE_NUMBER } from '../comparison/comparison';
import { createRng, type Rng } from '../random';
import { combinations } from './cpcv';
import { SplitSharpes } from './split-sharpes';

/** Series of every kind that may tie: copies, levels of them, flat ones, near copies, huge ratios. */
function series(length: number, rng: Rng, leaders: readonly Float64Array[]): Float64Array {
  const leader = leaders[rng.int(leaders.length)];
  const kinds: (() => Float64Array)[] = [
    () => new Float64Array(length),
    () => new Float64Array(length).fill(0.001),
    () => leader.slice(),
    () => leader.map((x) => x * (0.3 + rng.next())),
    () => leader.map((x) => x + 1e-14 * rng.normal()),
    () => leader.map((x) => 0.01 + 1e-9 * x),
    () => leader.map((x) => -x),
    () => leader.map(() => 0.0003 + 0.01 * rng.normal()),
  ];
  return kinds[rng.int(kinds.length)]();
}

/** Every ratio of a split, by its definition. */
function plainly(matrix: readonly Float64Array[], size: number, chosen: readonly number[], blocks: number) {
  const sumsOf = (own: Float64Array, of: readonly number[], power: 1 | 2): number => {
    let all = 0;
    for (const block of of) {
      let sum = 0;
      for (let t = block * size; t < (block + 1) * size; t++) sum += power === 1 ? own[t] : own[t] * own[t];
      all += sum;
    }
    return all;
  };
  const every = Array.from({ length: blocks }, (_, block) => block);
  const n = chosen.length * size;
  const ratio = (sum: number, squares: number): number => {
    const variance = squares / n - (sum / n) * (sum / n);
    return variance > 1e-14 * (squares / n) ? sum / n / Math.sqrt(variance) : 0;
  };
  const inside = matrix.map((own) => [sumsOf(own, chosen, 1), sumsOf(own, chosen, 2)]);
  const outside = matrix.map((own, i) =>
    [1, 2].map((power) => sumsOf(own, every, power as 1 | 2) - inside[i][power - 1]),
  );
  let [selected, line] = [0, -Infinity];
  inside.forEach(([sum, squares], i) => {
    const sharpe = ratio(sum, squares);
    if (sharpe > line) [selected, line] = [i, highestTie(sharpe, PURE_NUMBER)];
  });
  const out = outside.map(([sum, squares]) => ratio(sum, squares));
  const [lowest, highest] = [lowestTie(out[selected], PURE_NUMBER), highestTie(out[selected], PURE_NUMBER)];
  const lower = out.filter((x) => x < lowest).length;
  const equal = out.filter((x) => x >= lowest && x <= highest).length;
  return { selected, sum: outside[selected][0], rank: lower + (equal + 1) / 2 };
}

describe('Sharpe ratios of splits', () => {
  it.each(['compiled', 'plain'] as const)('are ranked as the ratios themselves are: %s', (kernel) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 25 }),
        fc.constantFrom(2, 4, 6),
        fc.integer({ min: 2, max: 20 }),
        fc.constantFrom(0, -0.02, 0.02),
        fc.integer({ min: 1, max: 1e6 }),
        (trials, blocks, size, shift, seed) => {
          const rng = createRng(seed);
          const leaders = [0, 1, 2].map(() => Float64Array.from({ length: blocks * size }, () => 0.01 * rng.normal()));
          const matrix = Array.from({ length: trials }, () =>
            series(blocks * size, rng, leaders).map((x) => x + shift),
          );
          const sharpes = new SplitSharpes(matrix, blocks, size, kernel);
          for (const chosen of combinations(blocks, blocks / 2)) {
            sharpes.choose(chosen);
            const selected = sharpes.selected();
            expect({
              selected,
              sum: sharpes.outOfSampleSum(selected),
              rank: sharpes.outOfSampleRank(selected),
            }).toEqual(plainly(matrix, size, chosen, blocks));
          }
        },
      ),
    );
  });
});
