/** What the plain form reads of the options; leaves are not capped, every row and column is used, a value is its own bin. */
interface Options {
  rows: Float64Array;
  n: number;
  k: number;
  labels: Float64Array;
  weights?: Float64Array;
  isRegression?: boolean;
  trees: number;
  rate: number;
  maxDepth: number;
  l2: number;
  minChildWeight: number;
  minGain: number;
  monotone: Int8Array;
}
type Predict = (row: number[]) => number;
const EQUAL = 1 + 1e-10;

/** Second-order gradient boosting of the log loss, or of half the squared error, as its formulas say it: every cut of every node by its own sums over rows. */
export function naiveBoosting(options: Options): Predict {
  const { n, k, labels, l2, rate, monotone, isRegression = false } = options;
  const rows = Array.from({ length: n }, (_, i) => [...options.rows.subarray(i * k, (i + 1) * k)]);
  const weight = (i: number): number => options.weights?.[i] ?? 1;
  const sum = (at: number[], f: (i: number) => number): number => at.reduce((total, i) => total + f(i), 0);
  const all = rows.map((_, i) => i);
  const ones = sum(all, (i) => weight(i) * labels[i]!);
  const start = isRegression ? ones / sum(all, weight) : Math.log(ones / (sum(all, weight) - ones));
  const hasMissing = (j: number): boolean => rows.some((row) => Number.isNaN(row[j]));
  const cuts = Array.from({ length: k }, (_, j) => {
    const values = [...new Set(rows.map((row) => row[j]!).filter((x) => !Number.isNaN(x)))].sort((a, b) => a - b);
    const between = values.slice(1).map((x, i) => x / 2 + values[i]! / 2);
    return hasMissing(j) ? [...between, Infinity] : between;
  });
  const scores = rows.map(() => start);
  const chance = (z: number): number =>
    isRegression ? z : z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));

  const grow = (at: number[], depth: number, low: number, high: number, g: number[], h: number[]): Predict => {
    const value = (part: number[]): number => {
      const best = -sum(part, (i) => g[i]!) / (sum(part, (i) => h[i]!) + l2);
      return Math.min(Math.max(best, low), high);
    };
    const taken = (part: number[]): number => {
      const v = value(part);
      return -(v * sum(part, (i) => g[i]!) + (v * v * (sum(part, (i) => h[i]!) + l2)) / 2);
    };
    let best = { gain: Math.max(options.minGain, 1e-9), j: -1, cut: 0, missingLeft: false, left: at, right: at };
    for (let j = 0; j < k && depth < options.maxDepth; j++)
      for (const missingLeft of hasMissing(j) ? [false, true] : [false])
        for (const cut of cuts[j]!) {
          if (missingLeft && cut === Infinity) continue;
          const isLeft = (i: number): boolean => rows[i]![j]! <= cut || (missingLeft && Number.isNaN(rows[i]![j]));
          const [left, right] = [at.filter(isLeft), at.filter((i) => !isLeft(i))];
          const least = options.minChildWeight * (1 - 1e-9);
          if ([left, right].some((part) => part.length === 0 || sum(part, (i) => h[i]!) < least)) continue;
          if ((monotone[j] ?? 0) * (value(right) - value(left)) < 0) continue;
          const gain = taken(left) + taken(right) - taken(at);
          if (gain > (best.j < 0 ? best.gain : best.gain * EQUAL)) best = { gain, j, cut, missingLeft, left, right };
        }
    if (best.j < 0) {
      const leaf = rate * value(at);
      for (const i of at) scores[i]! += leaf;
      return () => leaf;
    }
    const { j, cut, left, right } = best;
    const sign = monotone[j] ?? 0;
    const middle = (value(left) + value(right)) / 2;
    const a = grow(left, depth + 1, sign < 0 ? middle : low, sign > 0 ? middle : high, g, h);
    const b = grow(right, depth + 1, sign > 0 ? middle : low, sign < 0 ? middle : high, g, h);
    const someMissing = at.some((i) => Number.isNaN(rows[i]![j]));
    const missingLeft = someMissing ? best.missingLeft : left.length >= right.length;
    return (row) => ((Number.isNaN(row[j]) ? missingLeft : row[j]! <= cut) ? a(row) : b(row));
  };

  const trees = Array.from({ length: options.trees }, () => {
    const p = scores.map(chance);
    const g = p.map((x, i) => weight(i) * (x - labels[i]!));
    const h = p.map((x, i) => weight(i) * (isRegression ? 1 : Math.max(x * (1 - x), 1e-16)));
    return grow(all, 0, -Infinity, Infinity, g, h);
  });
  return (row) => chance(trees.reduce((total, tree) => total + tree(row), start));
}
