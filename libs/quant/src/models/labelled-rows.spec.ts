import { checkRows } from './labelled-rows';

describe('checkRows', () => {
  const labels = Float64Array.of(0, 1, 1);
  const rowsWith = (at: number, value: number): Float64Array =>
    Float64Array.from({ length: 15 }, (_, i) => (i === at ? value : i - 7));
  const check = (rows: Float64Array, mayMiss: boolean): void => checkRows({ rows, labels, n: 3, k: 5 }, mayMiss);

  it.each(Array.from({ length: 15 }, (_, at) => at))('names value %d where it is not finite', (at) => {
    expect(() => check(rowsWith(at, -Infinity), true)).toThrow(`rows[${at}] must be finite or NaN, was -Infinity`);
    expect(() => check(rowsWith(at, NaN), false)).toThrow(`rows[${at}] must be finite, was NaN`);
    expect(() => check(rowsWith(at, NaN), true)).not.toThrow();
  });

  it('takes the largest and the least numbers', () => {
    for (const value of [Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, -0])
      expect(() => check(rowsWith(6, value), false)).not.toThrow();
  });
});
