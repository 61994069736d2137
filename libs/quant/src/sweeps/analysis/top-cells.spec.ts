import fc from 'fast-check';
import { topCells } from './top-cells';

describe('top cells', () => {
  it('are the best first, undefined last, ties in grid order', () => {
    const metric = Float64Array.of(1, NaN, 3, 2, 3, NaN, -1);
    expect([...topCells(metric, 4)]).toEqual([2, 4, 3, 0]);
    expect([...topCells(metric, 9)]).toEqual([2, 4, 3, 0, 6, 1, 5]);
    expect([...topCells(metric, 3, 'lowest')]).toEqual([6, 0, 3]);
  });

  it('are what a stable sort gives, for any metric, k and direction', () => {
    const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(NaN, Infinity, -Infinity));
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 60 }),
        fc.integer({ min: 1, max: 70 }),
        fc.constantFrom('highest' as const, 'lowest' as const),
        (values, k, direction) => {
          const cells = values.map((_, cell) => cell);
          const defined = cells.filter((cell) => !Number.isNaN(values[cell]));
          const order = direction === 'highest' ? 1 : -1;
          defined.sort((a, b) => (values[a] === values[b] ? 0 : order * (values[b] > values[a] ? 1 : -1)));
          const sorted = [...defined, ...cells.filter((cell) => Number.isNaN(values[cell]))];
          expect([...topCells(Float64Array.from(values), k, direction)]).toEqual(sorted.slice(0, k));
        },
      ),
    );
  });

  it('gives none of an empty grid', () => expect(topCells(new Float64Array(0), 3)).toHaveLength(0));

  it.each([0, -1, 1.5, NaN])('refuses k = %p', (k) => {
    expect(() => topCells(Float64Array.of(1), k)).toThrow(`k must be an integer of at least 1, was ${k}`);
  });
});
