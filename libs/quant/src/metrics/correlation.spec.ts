import { averageRanks, pearsonCorrelation } from './correlation';

const of = (...values: number[]): Float64Array => Float64Array.from(values);

describe("Pearson's correlation", () => {
  it('is that of Anscombe, 1973, to the digits he gives', () => {
    const x = of(10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5);
    const y = of(8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68);
    // numpy 2.4: corrcoef
    expect(pearsonCorrelation(x, y)).toBeCloseTo(0.81642051634484, 14);
  });

  it('is 1 and -1 on a line, whatever its level', () => {
    const x = of(1e9, 1e9 + 1, 1e9 + 2);
    expect([pearsonCorrelation(x, of(1, 2, 3)), pearsonCorrelation(x, of(3, 2, 1))]).toEqual([
      expect.closeTo(1, 15),
      expect.closeTo(-1, 15),
    ]);
  });

  it.each([
    ['of one value', of(1), of(2)],
    ['of none', of(), of()],
    ['with what does not vary', of(1, 2, 3), of(0.1, 0.1, 0.1)],
    ['with what is missing', of(1, 2, NaN), of(1, 2, 3)],
    ['with what is infinite', of(1, 2, 3), of(1, Infinity, 3)],
    ['whose squares leave the number range', of(-1e300, 1e300, 0), of(1, 2, 3)],
    ['whose squares are lost below it', of(-1e-300, 1e-300, 0), of(1, 2, 3)],
  ])('is none %s', (_, a, b) => {
    expect([pearsonCorrelation(a, b), pearsonCorrelation(b, a)]).toEqual([null, null]);
  });

  it('refuses series of different lengths', () => {
    expect(() => pearsonCorrelation(of(1, 2), of(1))).toThrow('b.length must be 2 like a, was 1');
  });
});

it('equal values share the mean of their ranks, as in scipy', () => {
  // scipy 1.17: rankdata
  expect(averageRanks(of(3, 1, 3, 2, 3, 1))).toEqual(of(5, 1.5, 5, 3, 5, 1.5));
  expect(averageRanks(of())).toEqual(of());
});
