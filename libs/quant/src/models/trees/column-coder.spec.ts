import { createRng } from '../../random';
import { ColumnCoder } from './column-coder';

const rng = createRng(9);
const odd = [0, -0, 5e-324, -5e-324, 1e308, -1e308, 1, -1, 255, 256, -256, 1 / 3];
const values = Float64Array.from({ length: 3000 }, (_, i) => odd[i] ?? rng.normal() * 10 ** rng.int(20));

describe('ColumnCoder', () => {
  it.each([true, false])('sorts as the runtime does, the part it is told (compiled: %s)', (useKernels) => {
    for (const count of [0, 1, 2, 12, 500, values.length]) {
      const coder = new ColumnCoder(values.length, 255, useKernels);
      coder.sorted.set(values);
      const sorted = coder.sort(count);
      expect(sorted).toEqual(values.slice(0, count).sort());
      expect(coder.sorted.subarray(count)).toEqual(values.subarray(count));
    }
  });

  it.each([true, false])('codes by the cuts below, the missing by themselves (compiled: %s)', (useKernels) => {
    const coder = new ColumnCoder(values.length, 255, useKernels);
    coder.values.set(values);
    coder.values[7] = NaN;
    for (const count of [0, 1, 2, 63, 254]) {
      const cuts = values.slice(0, count).sort();
      const codes = [...coder.code(cuts)];
      coder.values.forEach((value, i) =>
        expect(codes[i]).toBe(Number.isNaN(value) ? 255 : cuts.filter((cut) => cut < value).length),
      );
    }
  });
});
