import { createRng } from '../../random';
import { HistogramMemory } from '../trees/histogram-memory';
import { boostingRows, placeRows, rowNumbersOf } from './boosting-rows';
import { writePairs } from './gradient-pairs';

const rng = createRng('pairs');
/** Where e^x takes another way: none, the next power of two, the least powers, nothing left. */
const EDGES = [
  0,
  2 ** -28,
  0.3465735912322998,
  1.5 * Math.LN2,
  36.8,
  707,
  707.8,
  708.4,
  740,
  745.13,
  745.14,
  800,
  1e300,
];
const near = (x: number): number[] => [x, x * (1 - 2 ** -52), x * (1 + 2 ** -52), x * (1 - 1e-9), x * (1 + 1e-9)];
const scores = Float64Array.from([
  ...EDGES.flatMap((x) => [...near(x), ...near(-x)]),
  ...[-0, 5e-324, -5e-324, Infinity, -Infinity],
  ...[1e-12, 1, 4, 50, 760].flatMap((size) => Array.from({ length: 4000 }, () => size * (2 * rng.next() - 1))),
]);
const n = scores.length;
const labels = scores.map(() => rng.int(2));
const weights = scores.map(() => rng.next());

interface Case {
  readonly useKernels: boolean;
  readonly isWeighted?: boolean;
  readonly isRegression?: boolean;
  readonly parts?: readonly number[];
}

function pairsOf({ useKernels, isWeighted = false, isRegression = false, parts = [0, n] }: Case): Float64Array {
  const rows = { labels, weights: isWeighted ? weights : undefined };
  const shape = { n, k: 1, maxBins: 2, slots: 1, rowNumbers: rowNumbersOf(rows) };
  const memory = HistogramMemory.own(shape, useKernels);
  expect(memory.kernels !== null).toBe(useKernels);
  placeRows(memory, rows, 0);
  boostingRows(memory).scores.set(scores);
  memory.pairs.fill(-7);
  for (let part = 1; part < parts.length; part++) writePairs(memory, isRegression, parts[part - 1]!, parts[part]!);
  return memory.pairs;
}

const bitsOf = (pairs: Float64Array): BigUint64Array => new BigUint64Array(pairs.slice().buffer);

describe('gradients and hessians', () => {
  it.each([false, true])('of the log loss are the same bits compiled and plain; weighted: %s', (isWeighted) => {
    const compiled = bitsOf(pairsOf({ useKernels: true, isWeighted }));
    expect(compiled).toEqual(bitsOf(pairsOf({ useKernels: false, isWeighted })));
  });

  it('are the same bits in parts of any size, and those of rows of no part are left alone', () => {
    const [whole, parts] = [
      pairsOf({ useKernels: true }),
      pairsOf({ useKernels: true, parts: [3, 4, 9, 9, 100, 1001] }),
    ];
    expect(bitsOf(parts.subarray(6, 2002))).toEqual(bitsOf(whole.subarray(6, 2002)));
    expect(new Set([...parts.subarray(0, 6), ...parts.subarray(2002)])).toEqual(new Set([-7]));
  });

  it('of the log loss are p - y and p (1 - p), at least 1e-16, times the weight', () => {
    const pairs = pairsOf({ useKernels: true, isWeighted: true });
    const off = Array.from(scores, (score, i) => {
      const p = 1 / (1 + Math.exp(-score));
      const bend = Math.max(1 / (2 + Math.exp(score) + Math.exp(-score)), 1e-16);
      return Math.max(
        Math.abs(pairs[2 * i]! - weights[i]! * (p - labels[i]!)),
        Math.abs(pairs[2 * i + 1]! / (weights[i]! * bend) - 1),
      );
    });
    expect(Math.max(...off)).toBeLessThan(1e-14);
  });

  it('of the squared error are the error and 1, times the weight', () => {
    const pairs = pairsOf({ useKernels: true, isWeighted: true, isRegression: true });
    expect(pairs).toEqual(
      Float64Array.from({ length: 2 * n }, (_, at) => {
        const i = at >> 1;
        return weights[i]! * (at % 2 === 0 ? scores[i]! - labels[i]! : 1);
      }),
    );
  });
});
