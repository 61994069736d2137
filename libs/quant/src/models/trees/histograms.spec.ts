import { createRng } from '../../random';
import { binColumns } from './bin-rows';
import { Histograms } from './histograms';

const [n, k] = [500, 7];
const rng = createRng(4);
const rows = Float64Array.from({ length: n * k }, () => (rng.next() < 0.1 ? NaN : rng.normal()));
const pairs = Float64Array.from({ length: 2 * n }, () => rng.normal());
const columns = Int32Array.of(0, 2, 3, 4, 6);
/** Four side by side, two and one. */
const all = Int32Array.of(0, 1, 2, 3, 4, 5, 6);

/** Both forms after the same calls. */
function run(useKernels: boolean, maxBins: number): Histograms {
  const found = Histograms.of(binColumns(rows, n, k, maxBins), 3, useKernels);
  found.pairs.set(pairs);
  found.order.forEach((_, i) => (found.order[i] = i));
  found.fill(0, columns, 0, columns.length, 0, n);
  found.fill(0, columns, 1, 3, 100, 400);
  const middle = found.partition(3, maxBins >> 1, 50, 450);
  found.fill(1, columns, 0, columns.length, 50, middle);
  found.subtract(0, 1, columns);
  found.fill(2, all, 0, k, 30, 480);
  return found;
}

describe('Histograms', () => {
  it.each([2, 64, 255])('compiled and plain give the same bits at %d bins', (maxBins) => {
    const [compiled, plain] = [run(true, maxBins), run(false, maxBins)];
    expect(compiled.sums).toEqual(plain.sums);
    expect(compiled.order).toEqual(plain.order);
  });

  it.each([[columns], [all]])('holds the sums of its rows per bin, the missing ones behind, of columns %p', (asked) => {
    const binned = binColumns(rows, n, k, 16);
    const found = Histograms.of(binned, 1);
    found.pairs.set(pairs);
    found.order.forEach((_, i) => (found.order[i] = i));
    found.fill(0, asked, 0, asked.length, 20, 300);
    for (const column of asked)
      for (let bin = 0; bin <= 16; bin++) {
        let [gradient, hessian] = [0, 0];
        for (let i = 20; i < 300; i++) {
          const value = rows[i * k + column];
          const code = Number.isNaN(value) ? 16 : binned.cuts[column].filter((cut) => cut < value).length;
          if (code !== bin) continue;
          gradient += pairs[2 * i];
          hessian += pairs[2 * i + 1];
        }
        const at = found.at(0, column) + 2 * bin;
        expect([found.sums[at], found.sums[at + 1]]).toEqual([gradient, hessian]);
      }
  });

  it('parts rows by their codes and keeps the order of both sides', () => {
    const binned = binColumns(rows, n, k, 16);
    const found = Histograms.of(binned, 1);
    found.order.forEach((_, i) => (found.order[i] = n - 1 - i));
    const before = [...found.order];
    const middle = found.partition(2, 5, 100, 400);
    const isLeft = (row: number): boolean => binned.codes[2 * n + row] <= 5;
    const part = before.slice(100, 400);
    const expected = [...part.filter(isLeft), ...part.filter((row) => !isLeft(row))];
    expect([...found.order]).toEqual([...before.slice(0, 100), ...expected, ...before.slice(400)]);
    expect(middle).toBe(100 + part.filter(isLeft).length);
  });

  it.each([true, false])(
    'places rows by their codes as parting all of them does, in pieces too; compiled %s',
    (useKernels) => {
      const binned = binColumns(rows, n, k, 16);
      const [parted, placed] = [0, 1].map(() => Histograms.of(binned, 1, useKernels));
      parted.order.forEach((_, i) => (parted.order[i] = i));
      const middle = parted.partition(2, 5, 0, n);
      placed.order.fill(-1);
      expect(placed.countUpTo(2, 5, 0, n)).toBe(middle);
      let left = 0;
      for (const [from, to] of [
        [0, 16],
        [16, 17],
        [17, 333],
        [333, n],
      ]) {
        placed.place(2, 5, from, to, left, middle + from - left);
        left += placed.countUpTo(2, 5, from, to);
      }
      expect(placed.order).toEqual(parted.order);
    },
  );
});
