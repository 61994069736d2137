import fc from 'fast-check';
import { createRng } from '../../random';
import { boostingPredictor, boostingScore, fitBoosting, type BoostingOptions } from '..';
import { naiveBoosting } from '../../../../testing/src/quant/naive-boosting';

const base = {
  trees: 5,
  rate: 0.3,
  maxDepth: 3,
  maxLeaves: 8,
  maxBins: 255,
  l2: 1,
  minChildWeight: 0.5,
  minGain: 0,
  rowFraction: 1,
  columnFraction: 1,
  seed: 1,
  monotone: new Int8Array(0),
};

interface Sample {
  rows: Float64Array;
  labels: Float64Array;
  n: number;
  k: number;
}

/** Labels that follow the first two columns; of each column's values about `missing` are NaN. */
function sample(n: number, k: number, seed: number, missing = 0, decimals = 9): Sample {
  const rng = createRng(seed);
  const labels = new Float64Array(n);
  const rows = Float64Array.from({ length: n * k }, () => Number(rng.normal().toFixed(decimals)));
  for (let i = 0; i < n; i++) {
    const z = rows[i * k] - (k > 1 ? rows[i * k + 1] ** 2 : 0) + 0.5;
    labels[i] = i < 2 ? i : Number(rng.next() < 1 / (1 + Math.exp(-2 * z)));
  }
  for (let i = 0; i < rows.length; i++) if (rng.next() < missing) rows[i] = NaN;
  return { rows, labels, n, k };
}

const predictions = (options: BoostingOptions, at: Sample): number[] => {
  const predict = (options.isRegression ? boostingScore : boostingPredictor)(fitBoosting(options));
  return Array.from({ length: at.n }, (_, i) => predict(at.rows, i * at.k));
};

describe('fitBoosting', () => {
  it('predicts what the plain algorithm does, on other rows too, with missing values and monotone columns', () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.nat(),
          n: fc.integer({ min: 10, max: 50 }),
          k: fc.integer({ min: 1, max: 6 }),
          missing: fc.constantFrom(0, 0.2),
          decimals: fc.constantFrom(0, 9),
          l2: fc.constantFrom(0, 1, 5),
          minGain: fc.constantFrom(0, 0.2),
          minChildWeight: fc.constantFrom(0.1, 1, 3),
          signs: fc.option(fc.array(fc.constantFrom(-1, 0, 1), { minLength: 6, maxLength: 6 })),
          isWeighted: fc.boolean(),
          isRegression: fc.boolean(),
        }),
        ({ seed, n, k, missing, decimals, l2, minGain, minChildWeight, signs, isWeighted, isRegression }) => {
          const made = sample(n, k, seed, missing, decimals);
          const rng = createRng(seed);
          const set = isRegression ? { ...made, labels: made.labels.map((label) => label + rng.normal()) } : made;
          const weights = isWeighted ? set.labels.map((label) => (label > 0.5 ? 3 : 0.5)) : undefined;
          const monotone = Int8Array.from(signs?.slice(0, k) ?? []);
          const options = {
            ...base,
            ...set,
            weights,
            isRegression,
            l2,
            minGain,
            minChildWeight,
            monotone,
          };
          const other = sample(50, k, seed + 1, missing, decimals);
          const plain = naiveBoosting(options);
          for (const at of [set, other]) {
            const found = predictions(options, at);
            const expected = found.map((_, i) => plain([...at.rows.subarray(i * k, (i + 1) * k)]));
            found.forEach((p, i) => expect(Math.abs(p - expected[i])).toBeLessThan(1e-12));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is the same model wherever the leaves are capped above what the depth allows', () => {
    const set = sample(300, 4, 5);
    const deep = predictions({ ...base, ...set, maxLeaves: 8 }, set);
    // 7 leaves of 8: best first, in another order
    expect(predictions({ ...base, ...set, maxLeaves: 1000 }, set)).toEqual(deep);
    expect(predictions({ ...base, ...set, maxLeaves: 7 }, set)).not.toEqual(deep);
  });

  it('splits the leaf that gains most while leaves are few', () => {
    const set = sample(400, 3, 8);
    const { trees } = fitBoosting({
      ...base,
      ...set,
      maxDepth: 10,
      maxLeaves: 5,
      trees: 1,
    });
    expect([...trees.sizes]).toEqual([9]);
    // each split taken gains at least what the ones below it do not offer: the order of node numbers is that of splitting
    const greedy = fitBoosting({
      ...base,
      ...set,
      maxDepth: 10,
      maxLeaves: 4,
      trees: 1,
    }).trees;
    const gains = (all: Float64Array): number[] => [...all].filter((gain) => gain > 0).sort((a, b) => b - a);
    expect(gains(trees.gains).slice(0, 1)).toEqual(gains(greedy.gains).slice(0, 1));
    expect(gains(trees.gains)).toEqual(expect.arrayContaining(gains(greedy.gains)));
  });

  it('gives the same bits again, and others with another seed where rows or columns are drawn', () => {
    const set = sample(200, 5, 3);
    const drawn = { ...base, ...set, rowFraction: 0.6, columnFraction: 0.4 };
    expect(fitBoosting(drawn)).toEqual(fitBoosting(drawn));
    expect(predictions({ ...drawn, seed: 2 }, set)).not.toEqual(predictions(drawn, set));
    expect(predictions({ ...base, ...set, seed: 2 }, set)).toEqual(predictions({ ...base, ...set }, set));
  });

  it('uses no more columns in a tree than its part of them', () => {
    const set = sample(300, 10, 6);
    const { trees } = fitBoosting({
      ...base,
      ...set,
      columnFraction: 0.2,
      trees: 30,
    });
    let root = 0;
    for (const size of trees.sizes) {
      const used = new Set(trees.features.subarray(root, root + size).filter((column) => column >= 0));
      expect(used.size).toBeLessThanOrEqual(2);
      root += size;
    }
    expect(new Set(trees.features).size).toBeGreaterThan(5);
  });

  it('never falls along a column that is declared to rise, whatever the others are', () => {
    const set = sample(300, 3, 11);
    const model = (signs: number[]): ((row: number[]) => number) =>
      boostingPredictor(
        fitBoosting({
          ...base,
          ...set,
          trees: 20,
          maxDepth: 4,
          maxLeaves: 16,
          monotone: Int8Array.from(signs),
        }),
      );
    const falls = (predict: (row: number[]) => number, column: number, sign: number): number => {
      const rng = createRng(1);
      let count = 0;
      for (let i = 0; i < 50; i++) {
        const row = [rng.normal(), rng.normal(), rng.normal()];
        let before = -Infinity;
        for (let x = -3; x <= 3; x += 0.05) {
          row[column] = sign * x;
          const now = sign * predict(row);
          if (now < before) count++;
          before = now;
        }
      }
      return count;
    };
    // along the second column the labels rise and fall
    expect(falls(model([0, 0, 0]), 1, 1)).toBeGreaterThan(0);
    expect(falls(model([1, 1, 0]), 1, 1)).toBe(0);
    expect(falls(model([1, 1, 0]), 0, 1)).toBe(0);
    const falling = model([-1, 0, -1]);
    const rising = model([1, 0, 1]);
    expect([falls(rising, 0, 1), falls(rising, 2, 1)]).toEqual([0, 0]);
    for (let x = -3; x < 3; x += 0.05) expect(falling([x + 0.05, 0, 0])).toBeLessThanOrEqual(falling([x, 0, 0]));
  });

  it('stops where other rows say so and drops the trees after', () => {
    const set = sample(150, 5, 21);
    const held = sample(100, 5, 22);
    const full = { ...base, ...set, trees: 200 };
    const stopped = fitBoosting({
      ...full,
      validation: { rows: held.rows, labels: held.labels, patience: 10 },
    });
    const count = stopped.trees.sizes.length;
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(150);
    const lossOf = (trees: number): number => {
      const found = predictions({ ...full, trees }, held);
      return found.reduce((sum, p, i) => sum - Math.log(held.labels[i] === 1 ? p : 1 - p), 0) / held.n;
    };
    expect(lossOf(count)).toBeCloseTo(stopped.validationLoss, 12);
    for (const other of [1, count - 1, count + 1, count + 10])
      expect(lossOf(other)).toBeGreaterThan(stopped.validationLoss);
  });

  it('keeps no tree where none helps', () => {
    const set = sample(60, 1, 31);
    const upside = {
      rows: set.rows,
      labels: set.labels.map((label) => 1 - label),
      patience: 3,
    };
    const { trees, base: odds } = fitBoosting({
      ...base,
      ...set,
      validation: upside,
    });
    expect(trees.sizes.length).toBe(0);
    const ones = set.labels.reduce((a, b) => a + b, 0);
    expect(boostingPredictor(fitBoosting({ ...base, ...set, validation: upside }))([0])).toBeCloseTo(ones / set.n, 12);
    expect(odds).toBeCloseTo(Math.log(ones / (set.n - ones)), 12);
  });

  it.each([
    ['no rows', { n: 0 }, 'n must be an integer of at least 2, was 0'],
    ['an infinite value', { rows: Float64Array.of(1, Infinity, 2) }, 'rows[1] must be finite or NaN, was Infinity'],
    ['another label', { labels: Float64Array.of(0, 2, 1) }, 'labels[1] must be 0 or 1, was 2'],
    ['one label', { labels: Float64Array.of(1, 1, 1) }, 'labels must be of both classes, was all 1'],
    ['no bins', { maxBins: 1 }, 'maxBins must be an integer from 2 to 255, was 1'],
    ['too many bins', { maxBins: 256 }, 'maxBins must be an integer from 2 to 255, was 256'],
    ['no rate', { rate: 0 }, 'rate must be above 0 and at most 1, was 0'],
    ['a rate above 1', { rate: 1.1 }, 'rate must be above 0 and at most 1, was 1.1'],
    ['no tree', { trees: 0 }, 'trees must be an integer of at least 1, was 0'],
    ['no depth', { maxDepth: 0 }, 'maxDepth must be an integer of at least 1, was 0'],
    ['one leaf', { maxLeaves: 1 }, 'maxLeaves must be an integer of at least 2, was 1'],
    ['a negative penalty', { l2: -1 }, 'l2 must be a number >= 0, was -1'],
    ['a sign too many', { monotone: Int8Array.of(1, 1) }, 'monotone.length must be 0 or 1 like k, was 2'],
    ['a weight of 0', { weights: Float64Array.of(1, 0, 1) }, 'weights[1] must be positive, was 0'],
    ['no part of the rows', { rowFraction: 0 }, 'rowFraction must be above 0 and at most 1, was 0'],
  ])('refuses %s by name', (_, change, message) => {
    const set = {
      rows: Float64Array.of(1, 2, 3),
      labels: Float64Array.of(0, 1, 1),
      n: 3,
      k: 1,
    };
    expect(() => fitBoosting({ ...base, ...set, ...change })).toThrow(message);
  });
});
