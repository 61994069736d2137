import { createRng } from '../random';
import { effectiveTrials } from './effective-trials';

const rng = createRng(7);
const T = 1500;
const market = Float64Array.from({ length: T }, () => 0.0004 + 0.01 * rng.normal());
const own = (drift: number, beta = 0.5): Float64Array => market.map((b) => drift + beta * b + 0.006 * rng.normal());

describe('effectiveTrials', () => {
  it('counts copies of one idea as one', () => {
    const series = own(0);
    const found = effectiveTrials(Array.from({ length: 12 }, () => series));
    expect(found).toMatchObject({ raw: 12, clustered: 1 });
    expect(found.correlationAdjusted).toBeCloseTo(1, 9);
  });

  it('finds three families of near copies', () => {
    const leaders = [0, 1, 2].map(() => Float64Array.from({ length: T }, () => rng.normal()));
    const trials = leaders.flatMap((leader) =>
      Array.from({ length: 5 }, () => leader.map((x) => x + 0.1 * rng.normal())),
    );
    const found = effectiveTrials(trials);
    expect(found.clustered).toBe(3);
    expect(found.raw).toBe(15);
    expect(found.meanCorrelation).toBeCloseTo(4 / 14, 1);
  });

  it('keeps the raw count for independent trials and one trial alone', () => {
    const trials = Array.from({ length: 8 }, () => Float64Array.from({ length: T }, () => rng.normal()));
    const found = effectiveTrials(trials);
    expect(found.clustered).toBe(8);
    expect(found.correlationAdjusted).toBeCloseTo(8, 0);
    expect(effectiveTrials([market])).toEqual({ raw: 1, correlationAdjusted: 1, clustered: 1, meanCorrelation: null });
  });
});
