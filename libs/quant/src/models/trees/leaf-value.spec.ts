import { createRng } from '../../random';
import { HistogramMemory } from './histogram-memory';
import { Histograms } from './histograms';
import { sumRows } from './leaf-value';

describe('sums of rows', () => {
  const rng = createRng('sums of rows');
  const n = 200;
  const numbers = Float64Array.from({ length: 2 * n }, () => rng.normal() * 10 ** rng.int(12));
  const order = Array.from({ length: n }, (_, i) => i).sort(() => rng.next() - 0.5);

  it.each([
    [0, n],
    [0, 0],
    [7, 8],
    [13, 158],
  ])('from place %d to %d are added in their order, compiled and plain', (start, end) => {
    const sums = [true, false].map((useKernels) => {
      const memory = HistogramMemory.own({ n, k: 1, maxBins: 2, slots: 1, rowNumbers: 0 }, useKernels);
      expect(memory.kernels !== null).toBe(useKernels);
      memory.pairs.set(numbers);
      memory.order.set(order);
      const found = { gradient: NaN, hessian: NaN };
      sumRows(new Histograms(memory), start, end, found);
      return found;
    });
    let [gradient, hessian] = [0, 0];
    for (const row of order.slice(start, end)) {
      gradient += numbers[2 * row]!;
      hessian += numbers[2 * row + 1]!;
    }
    expect(sums).toEqual([
      { gradient, hessian },
      { gradient, hessian },
    ]);
  });
});
