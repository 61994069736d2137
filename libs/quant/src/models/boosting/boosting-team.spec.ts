import fc from 'fast-check';
import { createRng } from '../../random';
import { fitBoosting, type BoostingModel, type BoostingOptions } from '..';

/** Helpers that never come: the leader does every part of the work itself, in the order of parts. */
const nobody = (count: number): BoostingOptions['helpers'] => ({ count, start: () => undefined });

const bytesOf = ({ base, trees, cuts, validationLoss }: BoostingModel): string =>
  [Float64Array.of(base, validationLoss), ...Object.values(trees), ...cuts]
    .map((part: Float64Array) => Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('base64'))
    .join();

interface Shape {
  readonly seed: number;
  readonly n: number;
  readonly k: number;
  readonly missing: number;
  readonly isRegression: boolean;
  readonly isWeighted: boolean;
  readonly isMonotone: boolean;
  readonly patience: number;
  readonly rules: Omit<BoostingOptions, 'rows' | 'labels' | 'n' | 'k' | 'seed' | 'monotone'>;
}

/** Columns of many and of few values, labels that follow the first; the first rows backwards to stop by. */
function optionsOf({
  seed,
  n,
  k,
  missing,
  isRegression,
  isWeighted,
  isMonotone,
  patience,
  rules,
}: Shape): BoostingOptions {
  const rng = createRng(seed);
  const rows = Float64Array.from({ length: n * k }, (_, i) =>
    rng.next() < missing ? NaN : (i % k) % 3 === 2 ? rng.int(5) : rng.normal(),
  );
  const labels = Float64Array.from({ length: n }, (_, i) => {
    const score = (rows[i * k] || 0) + rng.normal();
    return isRegression ? score : i < 2 ? i : Number(score > 0);
  });
  const held = Math.floor(n / 3);
  return {
    ...{ ...rules, rows, labels, n, k, isRegression, seed },
    weights: isWeighted ? labels.map(() => 0.2 + rng.next()) : undefined,
    monotone: isMonotone ? Int8Array.from({ length: k }, () => rng.int(3) - 1) : new Int8Array(0),
    validation:
      patience > 0 ? { rows: rows.slice(0, held * k), labels: labels.slice(0, held).reverse(), patience } : undefined,
  };
}

const shapes = fc.record({
  seed: fc.nat(),
  n: fc.integer({ min: 20, max: 3000 }),
  k: fc.integer({ min: 1, max: 20 }),
  missing: fc.constantFrom(0, 0.1, 0.6),
  isRegression: fc.boolean(),
  isWeighted: fc.boolean(),
  isMonotone: fc.boolean(),
  patience: fc.constantFrom(0, 2),
  rules: fc.record({
    trees: fc.integer({ min: 1, max: 6 }),
    rate: fc.constant(0.3),
    maxDepth: fc.integer({ min: 1, max: 9 }),
    // of the first leaves are taken best first, of the second they are all split
    maxLeaves: fc.constantFrom(5, 20, 1000),
    maxBins: fc.integer({ min: 2, max: 255 }),
    l2: fc.constantFrom(0, 1),
    minChildWeight: fc.constantFrom(0.01, 1, 20),
    minGain: fc.constantFrom(0, 0.5),
    rowFraction: fc.constantFrom(1, 0.6),
    columnFraction: fc.constantFrom(1, 0.6),
  }),
});

describe('a boosted fit in parts', () => {
  it('has the bytes of one that is not, of whatever rows and rules, for any number of threads', () => {
    fc.assert(
      fc.property(shapes, fc.constantFrom(1, 3, 20), (shape, count) => {
        const options = optionsOf(shape);
        expect(bytesOf(fitBoosting({ ...options, helpers: nobody(count) }))).toBe(bytesOf(fitBoosting(options)));
      }),
      { numRuns: 60 },
    );
  });

  it('has them where more nodes wait to be grown on than are kept, and where none are kept', () => {
    const shape = { seed: 2, n: 6000, k: 9, missing: 0, isRegression: true, isWeighted: false, isMonotone: false };
    const rules = { trees: 2, rate: 0.3, maxDepth: 12, maxLeaves: 4096, l2: 1, minChildWeight: 1, minGain: 0 };
    const drawn = { maxBins: 64, rowFraction: 1, columnFraction: 1 };
    const deep = optionsOf({ ...shape, patience: 0, rules: { ...rules, ...drawn } });
    expect(bytesOf(fitBoosting({ ...deep, helpers: nobody(7) }))).toBe(bytesOf(fitBoosting(deep)));
    // a node has sums of 1.3 MB
    const wide = optionsOf({ ...shape, n: 400, k: 320, patience: 0, rules: { ...rules, ...drawn, maxBins: 255 } });
    expect(bytesOf(fitBoosting({ ...wide, helpers: nobody(1) }))).toBe(bytesOf(fitBoosting(wide)));
  });
});
