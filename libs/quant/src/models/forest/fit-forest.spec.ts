import { createRng } from '../../random';
import { fitForest, forestPredictor } from '..';

const [n, k] = [400, 4];

/** Labels that follow the first two columns. */
function sample(seed: number): { rows: Float64Array; labels: Float64Array } {
  const rng = createRng(seed);
  const rows = Float64Array.from({ length: n * k }, () => rng.normal());
  const labels = Float64Array.from({ length: n }, (_, i) =>
    Number(rng.next() < 1 / (1 + Math.exp(-2 * rows[i * k] * rows[i * k + 1]))),
  );
  return { rows, labels };
}
const base = {
  ...sample(1),
  n,
  k,
  trees: 20,
  maxDepth: 6,
  minLeaf: 3,
  columnsPerNode: 2,
  maxBins: 255,
  seed: 5,
};

/** How often the first tree of a seed has drawn each row. */
function draws(seed: number): number[] {
  const rng = createRng(seed);
  const counts = Array.from({ length: n }, () => 0);
  for (let i = 0; i < n; i++) counts[rng.int(n)]++;
  return counts;
}

/** The split of a node's rows that leaves the least Gini impurity, by trying all. */
function bestGini(at: number[], weight: number[]): { column: number; left: number[]; right: number[] } {
  const gini = (part: number[]): number => {
    const all = part.reduce((sum, i) => sum + weight[i], 0);
    const ones = part.reduce((sum, i) => sum + weight[i] * base.labels[i], 0);
    return all * (1 - (ones / all) ** 2 - (1 - ones / all) ** 2);
  };
  let best = { impurity: Infinity, column: -1, left: at, right: at };
  for (let column = 0; column < k; column++)
    for (const cut of at.map((i) => base.rows[i * k + column])) {
      const left = at.filter((i) => base.rows[i * k + column] <= cut);
      const right = at.filter((i) => base.rows[i * k + column] > cut);
      if ([left, right].some((part) => part.reduce((sum, i) => sum + weight[i], 0) < base.minLeaf)) continue;
      const impurity = gini(left) + gini(right);
      if (impurity < best.impurity - 1e-9) best = { impurity, column, left, right };
    }
  return best;
}

describe('fitForest', () => {
  it('splits where the Gini impurity falls most, and its leaves say the share of ones among the draws', () => {
    const model = fitForest({
      ...base,
      trees: 1,
      maxDepth: 2,
      columnsPerNode: k,
    });
    const weight = draws(base.seed);
    const drawn = weight.flatMap((count, i) => (count > 0 ? [i] : []));
    const root = bestGini(drawn, weight);
    expect(model.trees.features[0]).toBe(root.column);
    const predict = forestPredictor(model);
    for (const side of [root.left, root.right]) {
      const { left, right } = bestGini(side, weight);
      for (const leaf of [left, right]) {
        const all = leaf.reduce((sum, i) => sum + weight[i], 0);
        const ones = leaf.reduce((sum, i) => sum + weight[i] * base.labels[i], 0);
        for (const i of leaf) expect(predict(base.rows, i * k)).toBeCloseTo(ones / all, 12);
      }
    }
  });

  it('judges each row by the trees that did not draw it', () => {
    const model = fitForest({ ...base, trees: 1 });
    const predict = forestPredictor(model);
    draws(base.seed).forEach((count, i) =>
      expect(model.outOfBag[i]).toBe(count === 0 ? predict(base.rows, i * k) : NaN),
    );
    const { outOfBag } = fitForest({ ...base, trees: 200 });
    let hits = 0;
    for (let i = 0; i < n; i++) hits += Number(outOfBag[i] > 0.5 === (base.labels[i] === 1));
    const other = sample(2);
    const full = forestPredictor(fitForest({ ...base, trees: 200 }));
    let outside = 0;
    for (let i = 0; i < n; i++) outside += Number(full(other.rows, i * k) > 0.5 === (other.labels[i] === 1));
    expect(Math.abs(hits - outside) / n).toBeLessThan(0.05);
  });

  it('has no leaf of fewer draws than asked', () => {
    const model = fitForest({ ...base, trees: 1, minLeaf: 15, maxDepth: 12 });
    const predict = forestPredictor(model);
    const counts = new Map<number, number>();
    draws(base.seed).forEach((count, i) => {
      const leaf = predict(base.rows, i * k);
      counts.set(leaf, (counts.get(leaf) ?? 0) + count);
    });
    expect(counts.size).toBeGreaterThan(5);
    for (const count of counts.values()) expect(count).toBeGreaterThanOrEqual(15);
  });

  it('gives the same bits again, others with another seed, and tries all columns where few cannot split', () => {
    expect(fitForest(base)).toEqual(fitForest(base));
    expect(fitForest({ ...base, seed: 6 }).trees).not.toEqual(fitForest(base).trees);
    // three of the four columns are constant
    const rows = base.rows.map((value, i) => (i % k === 2 ? value : 1));
    const { trees } = fitForest({ ...base, rows, columnsPerNode: 1 });
    expect(new Set(trees.features)).toEqual(new Set([2, -1]));
    expect(Math.min(...trees.sizes)).toBeGreaterThan(1);
  });

  it.each([
    ['no tree', { trees: 0 }, 'trees must be an integer of at least 1, was 0'],
    ['no depth', { maxDepth: 0 }, 'maxDepth must be an integer of at least 1, was 0'],
    ['empty leaves', { minLeaf: 0 }, 'minLeaf must be positive, was 0'],
    ['too many columns', { columnsPerNode: 5 }, 'columnsPerNode must be an integer from 1 to 4, was 5'],
    ['no label', { labels: new Float64Array(3) }, 'labels.length must be 400 like n, was 3'],
  ])('refuses %s by name', (_, change, message) => {
    expect(() => fitForest({ ...base, ...change })).toThrow(message);
  });
});
