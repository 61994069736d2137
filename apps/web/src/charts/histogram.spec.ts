import { binsOf } from './histogram';

describe('binsOf', () => {
  it('counts every value once, the greatest in the last bin', () => {
    expect(binsOf([0, 0.1, 0.5, 1], 2)).toEqual({ edges: [0, 0.5, 1], counts: [2, 2] });
  });

  it('has one bin for equal values and none for none', () => {
    expect(binsOf([2, 2, 2])).toEqual({ edges: [2, 2], counts: [3] });
    expect(binsOf([NaN])).toEqual({ edges: [], counts: [] });
  });

  it('takes a series of any length', () => {
    const long = Array.from({ length: 400_000 }, (_, index) => index);
    expect(binsOf(long, 4).counts).toEqual([100_000, 100_000, 100_000, 100_000]);
  });
});
