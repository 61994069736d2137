import fc from 'fast-check';
import { highestTie, isAbove, isAtLeast, isAtMost, isBelow, isTie, lowestTie, TIE, type TieScale } from './comparison';

/** The ruling, word by word. */
const equals = (x: number, s: number, u: TieScale): boolean =>
  Math.abs(x - s) <= TIE * Math.max(Math.abs(x), Math.abs(s), u);

const scale = fc.constantFrom<TieScale>(0, 1);
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }),
  fc.double({ noNaN: true, min: -200, max: 200 }),
  fc.integer({ min: -3, max: 3 }),
);
/** Neighbours of s on both sides of the edge and inside. */
const near = fc
  .tuple(number, fc.double({ noNaN: true, min: -3, max: 3 }), scale)
  .map(([s, part, u]) => [s + part * TIE * Math.max(Math.abs(s), u), s, u] as const);
const pair = fc.oneof(near, fc.tuple(number, number, scale));

/** True where one rounding of x or s decides: neither answer is wrong there. */
const onEdge = (x: number, s: number, u: TieScale): boolean => {
  const off = Math.abs(Math.abs(x - s) - TIE * Math.max(Math.abs(x), Math.abs(s), u));
  return off <= 4 * Number.EPSILON * Math.max(Math.abs(x), Math.abs(s), TIE) + 1e-300;
};

describe('a comparison of computed numbers', () => {
  it('is the definition, up to the rounding of its edge', () => {
    fc.assert(
      fc.property(pair, ([x, s, u]) => {
        fc.pre(!onEdge(x, s, u));
        expect(isTie(x, s, u)).toBe(equals(x, s, u));
        expect(isAbove(x, s, u)).toBe(x > s && !equals(x, s, u));
        expect(isBelow(x, s, u)).toBe(x < s && !equals(x, s, u));
      }),
      { numRuns: 2000 },
    );
  });

  it('has one answer: above, below or tied, and its lines tell the same', () => {
    fc.assert(
      fc.property(pair, ([x, s, u]) => {
        const answers = [isAbove(x, s, u), isBelow(x, s, u), isTie(x, s, u)];
        expect(answers.filter(Boolean)).toHaveLength(1);
        expect(isAtLeast(x, s, u)).toBe(!answers[1]);
        expect(isAtMost(x, s, u)).toBe(!answers[0]);
        expect([x > highestTie(s, u), x < lowestTie(s, u)]).toEqual(answers.slice(0, 2));
      }),
    );
  });

  it('knows nothing of a missing number and keeps infinite ones in order', () => {
    for (const u of [0, 1] as const) {
      for (const [x, s] of [
        [NaN, 1],
        [1, NaN],
        [NaN, NaN],
      ])
        expect([isAbove(x, s, u), isBelow(x, s, u), isTie(x, s, u), isAtLeast(x, s, u)]).toEqual(Array(4).fill(false));
      expect([isAbove(Infinity, 1, u), isBelow(1, Infinity, u), isAbove(1, -Infinity, u)]).toEqual([true, true, true]);
      expect([isTie(Infinity, Infinity, u), isTie(-Infinity, Infinity, u)]).toEqual([true, false]);
    }
  });

  it('calls 110 the target of 10 % from 100, and leaves a token at 3e-10 its ticks', () => {
    expect(100 * (1 + 0.1)).not.toBe(110);
    expect(isAtLeast(110, 100 * (1 + 0.1), 0)).toBe(true);
    expect(isTie(3.1e-10, 3e-10, 0)).toBe(false);
    expect(isTie(3e-13, 0, 1)).toBe(true);
    expect(isTie(3e-13, 0, 0)).toBe(false);
  });
});
