import fc from 'fast-check';
import type { TieScale } from '../comparison/comparison';
import { combineAnd, combineFilter, combineOr, isBoundedSignal, signalFunctions, signalNames } from '.';

const value = fc.oneof(
  fc.double({ min: -150, max: 250 }),
  fc.integer({ min: -2, max: 102 }),
  fc.constantFrom(NaN, 0, -0, 30, 70, 100, Infinity, -Infinity, Number.MIN_VALUE, Number.MAX_VALUE),
);

/** The definition; two infinite numbers, or a finite and an infinite one, are in no need of it. */
const equal = (x: number, s: number, u: number): boolean =>
  Number.isFinite(x - s) && Math.abs(x - s) <= 1e-12 * Math.max(Math.abs(x), Math.abs(s), u);

it('the map holds every name', () => {
  expect([...signalFunctions.keys()].sort()).toEqual([...signalNames].sort());
});

describe.each([...signalFunctions])('%s', (name, signal) => {
  it('is the rule of its name for any value and threshold, and no signal only where one of them is missing', () => {
    fc.assert(
      fc.property(value, value, fc.constantFrom<TieScale>(0, 1), (x, s, scale) => {
        const found = signal(x, s, scale);
        if (Number.isNaN(x) || Number.isNaN(s)) {
          expect(found).toBeNaN();
          return;
        }
        const high = isBoundedSignal(name) ? Math.max(s, 100 - s) : s;
        const low = isBoundedSignal(name) ? 100 - high : -s;
        const u = isBoundedSignal(name) ? 1 : scale;
        const above = x > high && !equal(x, high, u) ? 1 : 0;
        const below = x < low && !equal(x, low, u) ? 1 : 0;
        // with a negative threshold both hold: the rule named first wins
        const sign = name.startsWith('momentum') ? (above ? 1 : -below) : below ? 1 : -above;
        const expected = name.endsWith('_long_only') ? Math.max(0, sign) : sign;
        expect(found + 0).toBe(expected + 0);
      }),
    );
  });
});

describe('conjunctions of any signals', () => {
  const signals = fc.array(fc.constantFrom(-1, 0, 1, -0.5, 0.5, NaN), { maxLength: 5 });

  it('are their rules', () => {
    fc.assert(
      fc.property(signals, (list) => {
        const known = list.length > 0 && !list.some(Number.isNaN);
        const size = Math.max(...list.map(Math.abs));
        const rules: [(s: number[]) => number, () => number | undefined][] = [
          [combineAnd, () => (list.every((x) => x > 0) ? 1 : list.every((x) => x < 0) ? -1 : 0)],
          [combineOr, () => list.find((x) => Math.abs(x) === size)],
          [combineFilter, () => (list.length === 1 ? list[0] : list[0] !== 0 ? list[1] : 0)],
        ];
        for (const [combine, rule] of rules) expect(combine(list) + 0).toBe(known ? rule()! + 0 : NaN);
      }),
    );
  });
});
