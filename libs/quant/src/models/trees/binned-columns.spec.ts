import fc from 'fast-check';
import { binColumns } from './bin-rows';
import { codeOf, columnCuts } from './binned-columns';

const values = fc.array(
  fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
  {
    minLength: 1,
    maxLength: 200,
  },
);
const inOrder = (list: readonly number[]): Float64Array => Float64Array.from(list).sort();

describe('columnCuts', () => {
  it('tells all values apart where they are no more than the bins', () => {
    expect([...columnCuts(Float64Array.of(1, 1, 2, 5), 4)]).toEqual([1.5, 3.5]);
    expect([...columnCuts(Float64Array.of(1, 2, 3, 4), 4)]).toEqual([1.5, 2.5, 3.5]);
    expect([...columnCuts(Float64Array.of(7, 7), 4)]).toEqual([]);
    expect([...columnCuts(new Float64Array(0), 4)]).toEqual([]);
  });

  it('fills bins equally where values are many', () => {
    const cuts = columnCuts(
      Float64Array.from({ length: 1000 }, (_, i) => i),
      10,
    );
    expect([...cuts]).toEqual([99.5, 199.5, 299.5, 399.5, 499.5, 599.5, 699.5, 799.5, 899.5]);
  });

  it('has no bin without values beside a value that fills several', () => {
    const sorted = inOrder([...Array.from({ length: 90 }, () => 3), ...Array.from({ length: 10 }, (_, i) => i + 4)]);
    expect([...columnCuts(sorted, 5)]).toEqual([3.5]);
    expect([...columnCuts(inOrder([...sorted].map((x) => -x)), 5)]).toEqual([-3.5]);
  });

  it('lies between values, ascending, at most maxBins - 1, every bin with a value', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 20 }), (list, maxBins) => {
        const sorted = inOrder(list);
        const cuts = columnCuts(sorted, maxBins);
        expect(cuts.length).toBeLessThan(maxBins);
        const codes = new Set([...sorted].map((value) => codeOf(cuts, value)));
        expect(codes.size).toBe(cuts.length + 1);
        cuts.forEach((cut, i) => expect(Number.isFinite(cut) && (i === 0 || cut > cuts[i - 1])).toBe(true));
        const distinct = new Set([...sorted].map((value) => value + 0)).size;
        if (distinct <= maxBins) expect(codes.size).toBe(distinct);
      }),
    );
  });
});

describe('binColumns', () => {
  it('codes each value by the cuts below it, and a missing one by itself', () => {
    const rows = Float64Array.of(1, NaN, 2, 5, 3, 5, 3, 6);
    const { codes, cuts, hasMissing } = binColumns(rows, 4, 2, 8);
    expect(cuts.map((own) => [...own])).toEqual([[1.5, 2.5], [5.5]]);
    expect([...codes]).toEqual([0, 1, 2, 2, 8, 0, 0, 1]);
    expect([...hasMissing]).toEqual([0, 1]);
  });
});
