import { correlationMatrix } from './correlation';

const dated = (openTimeMs: number[], returns: number[]) => ({
  openTimeMs: Float64Array.from(openTimeMs),
  returns: Float64Array.from(returns),
});

describe('correlationMatrix', () => {
  it('is that of the returns on common bars', () => {
    const a = dated([1, 2, 3, 4], [0.01, -0.02, 0.03, 0.05]);
    // Of (-0.02, 0.03, 0.05) and (0.01, 0, 0.04): covariance 0.0008, squares 0.0026 and 0.0017 - 0.05^2 / 3.
    const b = dated([2, 3, 4, 9], [0.01, 0, 0.04, -0.5]);
    const [[aa, ab], [ba, bb]] = correlationMatrix([a, b]) as [number, number][];
    expect([aa, bb]).toEqual([1, 1]);
    expect(ab).toBeCloseTo(0.0008 / Math.sqrt(0.0026 * (0.0017 - 0.0025 / 3)), 12);
    expect(ba).toBe(ab);
  });

  it('is 1 for a multiple and -1 for the opposite', () => {
    const a = dated([1, 2, 3], [0.01, 0.02, -0.01]);
    const [row] = correlationMatrix([a, dated([1, 2, 3], [0.02, 0.04, -0.02]), dated([1, 2, 3], [-0.01, -0.02, 0.01])]);
    expect(row![1]).toBeCloseTo(1, 12);
    expect(row![2]).toBeCloseTo(-1, 12);
  });

  it('is null where it is undefined: fewer than two common bars, or no movement', () => {
    const a = dated([1, 2, 3], [0.01, 0.02, -0.01]);
    const apart = dated([3, 4], [0.1, 0.2]);
    const still = dated([1, 2, 3], [0, 0, 0]);
    expect(correlationMatrix([a, apart, still])[0]).toEqual([1, null, null]);
  });
});
