import { histogramOfSorted } from './histogram';

describe('a histogram', () => {
  it('puts a value on an edge into the bin above, and the greatest into the last', () => {
    expect(histogramOfSorted(Float64Array.of(0, 1, 1, 2, 3, 4), 4)?.counts).toEqual([1, 2, 1, 2]);
  });

  it('counts every value once, in bins as wide as each other', () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => ((i * 7919) % 1009) / 10).sort();
    const { edges, counts } = histogramOfSorted(values, 7)!;
    expect([edges.length, counts.reduce((sum, count) => sum + count)]).toEqual([8, 1000]);
    counts.forEach((count, bin) => {
      const isLast = bin === counts.length - 1;
      const within = values.filter(
        (v) => v >= edges[bin]! && (v < edges[bin + 1]! || (isLast && v === edges[bin + 1])),
      );
      expect(within.length).toBe(count);
    });
  });

  it('is none for no values, and where the span is no number', () => {
    expect(histogramOfSorted(new Float64Array(), 5)).toBeNull();
    expect(histogramOfSorted(Float64Array.of(-1.7e308, 1.7e308), 5)).toBeNull();
  });

  it.each([0, 1.5, NaN])('has no %d bins', (bins) => {
    expect(() => histogramOfSorted(Float64Array.of(1), bins)).toThrow('bins must be an integer of at least 1');
  });
});
