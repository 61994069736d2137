import { createRng } from '../../random';
import { describeColumns, SplitSearch } from './best-split';
import { binColumns } from './bin-rows';
import { Histograms } from './histograms';

const [n, k] = [400, 6];
const rng = createRng(12);
const rows = Float64Array.from({ length: n * k }, (_, i) =>
  i % k < 3 && rng.next() < 0.15 ? NaN : i % k === 5 ? 1 : rng.normal(),
);
const pairs = Float64Array.from({ length: 2 * n }, (_, i) => (i % 2 === 0 ? rng.normal() : rng.next()));
const columns = Int32Array.of(0, 1, 2, 3, 4, 5);

function found(useKernels: boolean, change: object, bounds: readonly [number, number], maxBins: number): unknown[] {
  const binned = binColumns(rows, n, k, maxBins);
  const histograms = Histograms.of(binned, 1, useKernels);
  histograms.pairs.set(pairs);
  histograms.order.forEach((_, i) => (histograms.order[i] = i));
  const rules = { l2: 1, minChildWeight: 1, minGain: 0, monotone: new Int8Array(0), ...change };
  describeColumns(histograms, binned, rules.monotone);
  const search = new SplitSearch(histograms, rules);
  const answers: unknown[] = [];
  for (let start = 0; start < n; start += 25)
    for (const end of [start + 25, n]) {
      let [gradient, hessian] = [0, 0];
      for (let i = start; i < end; i++) {
        gradient += pairs[2 * i];
        hessian += pairs[2 * i + 1];
      }
      const node = { gradient, hessian, lowest: bounds[0], highest: bounds[1] };
      histograms.fill(0, columns, 0, k, start, end);
      search.begin(node);
      search.try(0, columns, 0, 4, node);
      search.try(0, columns, 4, k, node);
      const { gain, column, bin, missingLeft, leftGradient, leftHessian } = search;
      answers.push([gain, column, bin, missingLeft, leftGradient, leftHessian]);
    }
  return answers;
}

describe('SplitSearch', () => {
  it.each([
    ['no rules', {}, [-Infinity, Infinity], 64],
    ['two bins', {}, [-Infinity, Infinity], 2],
    ['255 bins and no penalty', { l2: 0, minChildWeight: 0 }, [-Infinity, Infinity], 255],
    ['monotone columns', { monotone: Int8Array.of(1, -1, 0, 1, -1, 0) }, [-Infinity, Infinity], 32],
    ['bounds', { monotone: Int8Array.of(1, 0, 0, -1, 0, 0) }, [-0.05, 0.02], 32],
    ['heavy children', { minChildWeight: 30 }, [-Infinity, Infinity], 64],
    ['a gain that few have', { minGain: 4 }, [-Infinity, Infinity], 64],
  ] as const)('compiled and plain find the same split with %s', (_, change, bounds, maxBins) => {
    const plain = found(false, change, bounds, maxBins);
    expect(found(true, change, bounds, maxBins)).toEqual(plain);
    expect(new Set(plain.map((answer) => (answer as number[])[1])).size).toBeGreaterThan(1);
  });
});
