import { createRng } from '../../random';
import { parzenEstimator } from './parzen-estimator';

/** Mass of a normal over an interval by Simpson's rule: independent of the distribution function. */
function mass(centre: number, width: number, from: number, to: number): number {
  const steps = 2000;
  const density = (x: number): number =>
    Math.exp(-(((x - centre) / width) ** 2) / 2) / (width * Math.sqrt(2 * Math.PI));
  let sum = density(from) + density(to);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * density(from + ((to - from) * i) / steps);
  return (sum * (to - from)) / steps / 3;
}

/** The mixture of the uniform prior and the given kernels over 0..size-1. */
const mixture = (size: number, kernels: [centre: number, width: number][]): number[] =>
  Array.from({ length: size }, (_, index) => {
    const parts = kernels.map(
      ([centre, width]) => mass(centre, width, index - 0.5, index + 0.5) / mass(centre, width, -0.5, size - 0.5),
    );
    return parts.reduce((sum, part) => sum + part, 1 / size) / (kernels.length + 1);
  });

const probabilities = (size: number, observed: number[], kind?: 'categorical'): number[] => {
  const estimator = parzenEstimator({ size, kind }, Float64Array.from(observed));
  return Array.from({ length: size }, (_, index) => estimator.probability(index));
};

describe('Parzen estimator', () => {
  it.each([
    // one observation: 4.5 - 1 = 3.5 to the right end
    [5, [1], [[1, 3.5]]],
    // 2: left end 2.5, right neighbour 1; 3: left 1, right 5; 8: left 5, right end 1.5; all above 10 / 4
    [
      10,
      [8, 2, 3],
      [
        [2, 2.5],
        [3, 5],
        [8, 5],
      ],
    ],
    // equal observations: their distance is 0, the other neighbour counts; 20 / 5 = 4 is the least width
    [
      20,
      [4, 4, 5, 19],
      [
        [4, 4.5],
        [4, 4],
        [5, 14],
        [19, 14],
      ],
    ],
    // four equal ones: 4.5 to either end for the outer two, 9 / 5 for the inner
    [
      9,
      [4, 4, 4, 4],
      [
        [4, 4.5],
        [4, 1.8],
        [4, 1.8],
        [4, 4.5],
      ],
    ],
    // eight in a row: a width of 0.9 at least, 1 between neighbours, 1.5 and 0.5 to the ends
    [
      9,
      [1, 2, 3, 4, 5, 6, 7, 8],
      [
        [1, 1.5],
        [2, 1],
        [3, 1],
        [4, 1],
        [5, 1],
        [6, 1],
        [7, 1],
        [8, 1],
      ],
    ],
    // no width above the size
    [
      2,
      [0, 1],
      [
        [0, 1],
        [1, 1],
      ],
    ],
  ] as [number, number[], [number, number][]][])(
    'of %i indices with %j observed is the mixture',
    (size, observed, kernels) => {
      const expected = mixture(size, kernels);
      probabilities(size, observed).forEach((value, index) => expect(value).toBeCloseTo(expected[index], 12));
    },
  );

  it('is the prior without observations', () => {
    expect(probabilities(4, [])).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(probabilities(4, [], 'categorical')).toEqual([0.25, 0.25, 0.25, 0.25]);
  });

  it('counts on a categorical axis, one more for each category', () => {
    expect(probabilities(3, [2, 0, 2, 2], 'categorical')).toEqual([2 / 7, 1 / 7, 4 / 7]);
  });

  it('sums to 1 and is above 0 everywhere', () => {
    const values = probabilities(400, [0, 0, 7, 7, 7, 8, 399]);
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    expect(Math.min(...values)).toBeGreaterThan(0);
  });

  it.each([[undefined], ['categorical' as const]])('draws with its probabilities (%s)', (kind) => {
    const observed = Float64Array.of(0, 2, 2, 6);
    const estimator = parzenEstimator({ size: 7, kind }, observed);
    const rng = createRng(5);
    const draws = 40_000;
    const counts = new Float64Array(7);
    for (let i = 0; i < draws; i++) counts[estimator.draw(rng)] += 1;
    const chiSquare = counts.reduce((sum, count, index) => {
      const expected = draws * estimator.probability(index);
      return sum + (count - expected) ** 2 / expected;
    }, 0);
    // the 99.9 % quantile of chi-square with 6 degrees of freedom
    expect(chiSquare).toBeLessThan(22.46);
  });
});
