import fc from 'fast-check';
import { createRng } from '../random';
import { effectiveTrials } from '.';
import { clusterCount } from './trial-clusters';

/** Unit-length centred series in families: a leader and its near copies. */
function families(count: number, each: number, noise: number, length: number, seed: number): Float64Array[] {
  const rng = createRng(seed);
  return Array.from({ length: count }, () => Float64Array.from({ length }, () => rng.normal())).flatMap((leader) =>
    Array.from({ length: each }, () => {
      const series = leader.map((x) => x + noise * rng.normal());
      const mean = series.reduce((sum, x) => sum + x, 0) / length;
      const size = Math.sqrt(series.reduce((sum, x) => sum + (x - mean) ** 2, 0));
      return series.map((x) => (x - mean) / size);
    }),
  );
}

/** The definition, step by step: all pairs at every merge, all distances at every cut. */
function countByDefinition(units: readonly Float64Array[]): number {
  const m = units.length;
  const original = units.map((a) =>
    units.map((b) => Math.sqrt(Math.max(0, (1 - a.reduce((sum, x, t) => sum + x * b[t], 0)) / 2))),
  );
  let clusters = units.map((_, i) => [i]);
  const between = (a: number[], b: number[]): number =>
    a.reduce((sum, i) => sum + b.reduce((inner, j) => inner + original[i][j], 0), 0) / (a.length * b.length);
  let best = m;
  let bestScore = 0.1;
  let last = 0;
  while (clusters.length > 1) {
    let [from, to] = [0, 1];
    last = Infinity;
    for (let i = 0; i < clusters.length; i++) {
      for (let j = 0; j < i; j++) {
        const distance = between(clusters[i], clusters[j]);
        if (distance < last) [last, from, to] = [distance, i, j];
      }
    }
    const joined = [...clusters[to], ...clusters[from]];
    clusters = clusters.map((c, i) => (i === to ? joined : c)).filter((_, i) => i !== from);
    if (clusters.length < 2 || clusters.length > 60) continue;
    let total = 0;
    for (const own of clusters) {
      if (own.length === 1) continue;
      for (const i of own) {
        const inside = own.reduce((sum, j) => sum + original[i][j], 0) / (own.length - 1);
        const outside = Math.min(
          ...clusters.filter((c) => c !== own).map((c) => c.reduce((sum, j) => sum + original[i][j], 0) / c.length),
        );
        total += (outside - inside) / Math.max(outside, inside, Number.MIN_VALUE);
      }
    }
    if (total / m > bestScore) [bestScore, best] = [total / m, clusters.length];
  }
  return last <= 1e-4 ? 1 : best;
}

describe('clusters of trials', () => {
  it('are those of the definition', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 9 }),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(0.05, 0.5, 1, 2),
        fc.integer({ min: 1, max: 1e6 }),
        (count, each, noise, seed) => {
          const units = families(count, each, noise, 40, seed);
          expect(clusterCount(units)).toBe(countByDefinition(units));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are found with more trials than cuts are scored', () => {
    expect(clusterCount(families(12, 10, 0.3, 60, 4))).toBe(12);
    expect(countByDefinition(families(12, 10, 0.3, 60, 4))).toBe(12);
  });

  it('are counted beyond 600 trials', () => {
    const found = effectiveTrials(families(15, 60, 0.3, 60, 2));
    expect(found).toMatchObject({ raw: 900, clustered: 15 });
  });
});
