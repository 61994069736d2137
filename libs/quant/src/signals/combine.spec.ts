import fc from 'fast-check';
import { combineAnd, combineFilter, combineOr } from './combine';

describe('conjunctions', () => {
  it('AND needs one common non-zero sign', () => {
    expect([[1, 1], [-1, -1], [1, -1], [1, 0], [0, 0], [1], [-1, -1, 0]].map(combineAnd)).toEqual([
      1, -1, 0, 0, 0, 1, 0,
    ]);
  });

  it('OR takes the largest absolute value, a tie the first', () => {
    expect(
      [
        [0, -1],
        [1, -1],
        [-1, 1],
        [0, 0],
        [0.2, -0.5],
      ].map(combineOr),
    ).toEqual([-1, 1, -1, 0, -0.5]);
  });

  it('FILTER lets the second through while the first is not zero', () => {
    expect([[1, -1], [-1, 1], [0, 1], [1, 0], [-1]].map(combineFilter)).toEqual([-1, 1, 0, 0, -1]);
  });

  it('any missing signal, or none at all, is no signal', () => {
    for (const combine of [combineAnd, combineOr, combineFilter]) {
      for (const signals of [[NaN, 1], [0, NaN], [1, 1, NaN], []]) expect(combine(signals)).toBeNaN();
    }
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
