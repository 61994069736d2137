import { normalCdf } from './normal-distribution';
import { studentTail, studentToNormal } from './student-distribution';

const simpson = (t: number, degrees: number): number => {
  // density relative to its value at 0, integrated over a bounded variable: t = sqrt(degrees) tan(angle)
  const at = (angle: number): number => Math.cos(angle) ** (degrees - 1);
  const integral = (from: number, to: number): number => {
    const steps = 20_000;
    const h = (to - from) / steps;
    let sum = at(from) + at(to);
    for (let k = 1; k < steps; k++) sum += (k % 2 === 1 ? 4 : 2) * at(from + k * h);
    return (sum * h) / 3;
  };
  return integral(Math.atan(t / Math.sqrt(degrees)), Math.PI / 2) / (2 * integral(0, Math.PI / 2));
};

describe("Student's distribution", () => {
  it.each([1, 2, 3, 4, 10, 29, 119, 230, 1000])('has the tail of its density with %d degrees of freedom', (degrees) => {
    for (const t of [0, 0.01, 0.5, 1, 2, 3.5, 6]) {
      const expected = simpson(t, degrees);
      expect(Math.abs(studentTail(t, degrees) / expected - 1)).toBeLessThan(1e-9);
    }
  });

  it('has the closed forms of one and two degrees', () => {
    for (const t of [0.3, 1, 4, 50]) {
      expect(studentTail(t, 1)).toBeCloseTo(Math.atan(1 / t) / Math.PI, 14);
      expect(studentTail(t, 2)).toBeCloseTo(0.5 - t / (2 * Math.sqrt(2 + t * t)), 14);
    }
  });

  it('goes to the normal quantile with the same tail, odd about 0 and smaller than t', () => {
    for (const [t, degrees] of [
      [0.2, 5],
      [2, 119],
      [8, 60],
      [25, 100],
    ] as const) {
      // prettier-ignore
      const z = studentToNormal(t, degrees);
      expect(Math.abs(normalCdf(-z) / studentTail(t, degrees) - 1)).toBeLessThan(1e-8);
      expect(z).toBeLessThan(t);
      expect(studentToNormal(-t, degrees)).toBe(-z);
    }
    expect(studentToNormal(0, 5)).toBe(0);
    expect(studentToNormal(1.5, 1e6)).toBeCloseTo(1.5, 5);
  });
});
