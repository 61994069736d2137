import { createRng } from '../../random';
import { boostingPredictor, boostingScore, fitBoosting, fitForest, forestPredictor, type BoostingOptions } from '..';
import { BlockPredictor } from './block-predictor';
import type { FittedTrees, RowPredictor } from './tree-predictor';

const k = 5;
const rng = createRng(21);
const drawn = (n: number, missing: number): Float64Array =>
  Float64Array.from({ length: n * k }, (_, i) =>
    rng.next() < missing ? NaN : i % k === 4 ? 0 : i % k === 3 ? rng.int(4) : rng.normal(),
  );

function options(n: number, missing: number, change: Partial<BoostingOptions>): BoostingOptions {
  const rows = drawn(n, missing);
  const labels = Float64Array.from({ length: n }, (_, i) => (rows[i * k] + rng.normal() > 0 ? 1 : 0));
  return {
    ...{ rows, labels, n, k, trees: 11, rate: 0.3, maxDepth: 5, maxLeaves: 20, maxBins: 64, l2: 1, minChildWeight: 1 },
    ...{ minGain: 0, monotone: new Int8Array(0), rowFraction: 1, columnFraction: 1, seed: 3, ...change },
  };
}

/** Rows of all kinds: missing, infinite, on a cut. */
function asked(n: number, { cuts }: FittedTrees): Float64Array {
  const rows = drawn(n, 0.2);
  for (let i = 0; i < rows.length; i += 3) {
    const own = cuts[i % k];
    if (own.length > 0) rows[i] = own[rng.int(own.length)];
  }
  rows.set([Infinity, -Infinity, NaN, -0, NaN]);
  return rows;
}

const oneByOne = (predict: RowPredictor, rows: Float64Array): number[] =>
  Array.from({ length: rows.length / k }, (_, i) => predict(rows, i * k));

describe('BlockPredictor', () => {
  it.each([
    ['complete rows', 0, {}],
    ['missing values', 0.2, {}],
    ['two bins', 0.1, { maxBins: 2 }],
    ['255 bins', 0.1, { maxBins: 255 }],
    ['deep trees of one path', 0.1, { maxDepth: 16, maxLeaves: 17, minChildWeight: 0.01 }],
    ['trees without a split', 0.1, { minGain: 1e9 }],
    ['a regression', 0.1, { isRegression: true }],
  ] as const)('says the same bits of %s compiled and plain', (_, missing, change) => {
    const model = fitBoosting(options(700, missing, change));
    const [compiled, plain] = [new BlockPredictor(model), new BlockPredictor(model, false)];
    for (const n of [0, 1, 127, 128, 129, 1000]) {
      const rows = asked(Math.max(n, 1), model);
      const found = compiled.sumRows(model.base, rows, n);
      expect(found).toHaveLength(n);
      expect(found).toEqual(plain.sumRows(model.base, rows, n));
    }
  });

  it('walks row by row where codes do not fit into a byte', () => {
    const cuts = Float64Array.from({ length: 400 }, (_, i) => i);
    const trees = {
      ...{ sizes: Int32Array.of(3), features: Int32Array.of(0, -1, -1), bins: Uint8Array.of(200, 0, 0) },
      ...{ lefts: Int32Array.of(1, 1, 2), missingLeft: Uint8Array.of(1, 0, 0), values: Float64Array.of(0, 1, 2) },
    };
    const rows = Float64Array.from({ length: 300 }, (_, i) => i + 0.5);
    const found = new BlockPredictor({ trees, cuts: [cuts] }).sumRows(0, rows, 300);
    expect([...found]).toEqual(Array.from(rows, (value) => (value <= 200 ? 1 : 2)));
  });

  it('serves chances, scores and forests: all rows are what one by one are', () => {
    const boosted = fitBoosting(options(600, 0.1, {}));
    const { rows, labels } = options(600, 0.1, {});
    const grown = {
      rows,
      labels,
      n: 600,
      k,
      trees: 9,
      maxDepth: 12,
      minLeaf: 1,
      columnsPerNode: 2,
      maxBins: 64,
      seed: 1,
    };
    const forest = fitForest(grown);
    const other = asked(500, boosted);
    for (const predict of [boostingPredictor(boosted), boostingScore(boosted), forestPredictor(forest)]) {
      const found = [...predict.all(other, 500)];
      expect(found).toEqual(oneByOne(predict, other));
      expect(new Set(found).size).toBeGreaterThan(20);
    }
  });
});
