import { createRng } from '../random';
import { trialDistances } from './trial-distances';

describe('distances of trials', () => {
  it.each([1, 2, 31, 32, 33, 100])('are those of the plain sums, on both sides, for %d trials', (m) => {
    const rng = createRng(m);
    const units = Array.from({ length: m }, () => {
      const series = Float64Array.from({ length: 70 }, () => rng.normal());
      const length = Math.sqrt(series.reduce((sum, x) => sum + x * x, 0));
      return series.map((x) => x / length);
    });
    const found = trialDistances(units);
    for (let i = 0; i < m; i++) {
      expect(found[i * m + i]).toBe(0);
      for (let j = 0; j < i; j++) {
        let sum = 0;
        for (let t = 0; t < 70; t++) sum += units[i][t] * units[j][t];
        const distance = Math.sqrt(Math.max(0, (1 - sum) / 2));
        expect([found[i * m + j], found[j * m + i]]).toEqual([distance, distance]);
      }
    }
  });

  it('tell how far they are', () => {
    const seen: number[] = [];
    trialDistances(
      Array.from({ length: 70 }, (_, i) => Float64Array.of(Math.sin(i), Math.cos(i))),
      (done) => seen.push(done),
    );
    expect(seen).toHaveLength(3);
    expect(seen.at(-1)).toBe(1);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
  });
});
