import type { RankedRule } from '@assay/contracts';
import { LegRule } from './legs';

const NONE = new Float64Array(6);
const base: RankedRule = {
  kind: 'ranked',
  score: 's',
  select: { kind: 'top', k: 2 },
  weighting: { kind: 'equal' },
  neutral: 'none',
  gross: 1,
  net: 0,
  max_weight: null,
  buffer: 0,
  rebalance: { kind: 'bars', every: 1 },
};
const scores = Float64Array.of(6, 5, 4, -1, -2, -3);
const volatilities = Float64Array.of(0.1, 0.2, 0.4, 0.1, 0, NaN);
const groups = Int32Array.of(0, 0, 1, 1, 0, 1);
const pool = Int32Array.of(0, 1, 2, 3, 4, 5);

function weightsOf(change: Partial<RankedRule>, held = NONE, of = pool): number[] {
  const weights = held.slice();
  new LegRule({ ...base, ...change }, groups).decide(scores, volatilities, of, weights, weights);
  return Array.from(weights, (w) => Number(w.toFixed(12)));
}

describe('legs', () => {
  it.each<[string, Partial<RankedRule>, number[]]>([
    ['the best', {}, [0.5, 0.5, 0, 0, 0, 0]],
    ['the worst, long', { select: { kind: 'bottom', k: 1 } }, [0, 0, 0, 0, 0, 1]],
    ['both ends', { select: { kind: 'long_short', long: 1, short: 2 } }, [0.5, 0, 0, 0, -0.25, -0.25]],
    [
      'both ends with a net',
      { select: { kind: 'long_short', long: 1, short: 1 }, gross: 1.5, net: 0.5 },
      [1, 0, 0, 0, 0, -0.5],
    ],
    [
      'both ends of too few: what both would have is in neither',
      { select: { kind: 'long_short', long: 4, short: 4 } },
      [0.25, 0.25, 0, 0, -0.25, -0.25],
    ],
    ['a third, long', { select: { kind: 'quantile', quantiles: 3, legs: 'long' } }, [0.5, 0.5, 0, 0, 0, 0]],
    ['a third, short', { select: { kind: 'quantile', quantiles: 3, legs: 'short' } }, [0, 0, 0, 0, -0.5, -0.5]],
    ['a seventh of six', { select: { kind: 'quantile', quantiles: 7, legs: 'long' } }, [0, 0, 0, 0, 0, 0]],
    [
      'by score',
      { select: { kind: 'long_short', long: 3, short: 2 }, weighting: { kind: 'score' } },
      [0.2, 0.166666666667, 0.133333333333, 0, -0.2, -0.3],
    ],
    [
      'by score of the worst',
      { select: { kind: 'bottom', k: 3 }, weighting: { kind: 'score' } },
      [0, 0, 0, 0.166666666667, 0.333333333333, 0.5],
    ],
    [
      'by inverse volatility, of those that have one',
      { select: { kind: 'top', k: 6 }, weighting: { kind: 'inverse_volatility', window: 2 } },
      [0.363636363636, 0.181818181818, 0.090909090909, 0.363636363636, 0, 0],
    ],
    ['each group by itself', { neutral: 'group', select: { kind: 'top', k: 1 } }, [0.5, 0, 0.5, 0, 0, 0]],
    [
      'each group balanced',
      { neutral: 'group', select: { kind: 'long_short', long: 1, short: 1 } },
      [0.25, 0, 0.25, 0, -0.25, -0.25],
    ],
    ['no more of one than the most, the rest in cash', { max_weight: 0.3 }, [0.3, 0.3, 0, 0, 0, 0]],
    [
      'what the most cuts off goes to the others',
      { select: { kind: 'top', k: 3 }, weighting: { kind: 'score' }, max_weight: 0.36 },
      [0.36, 0.355555555556, 0.284444444444, 0, 0, 0],
    ],
    [
      'a leg that is cut takes the other with it',
      { select: { kind: 'long_short', long: 1, short: 2 }, max_weight: 0.3 },
      [0.3, 0, 0, 0, -0.15, -0.15],
    ],
  ])('%s', (_, change, expected) => {
    expect(weightsOf(change)).toEqual(expected);
  });

  it('keep what is held within the buffer', () => {
    const held = Float64Array.of(0, 0, 0.5, 0, 0, 0.5);
    expect(weightsOf({ buffer: 1 }, held)).toEqual([0.5, 0, 0.5, 0, 0, 0]);
    expect(weightsOf({ buffer: 0 }, held)).toEqual([0.5, 0.5, 0, 0, 0, 0]);
    const shorts = Float64Array.of(0, 0, 0, 0, -0.5, 0);
    const select = { kind: 'long_short', long: 1, short: 1 } as const;
    expect(weightsOf({ buffer: 1, select }, shorts)).toEqual([0.5, 0, 0, 0, -0.5, 0]);
  });

  it('are none where one of two has nobody', () => {
    const positive = Int32Array.of(0, 1, 2);
    const select = { kind: 'long_short', long: 1, short: 1 } as const;
    expect(weightsOf({ select, weighting: { kind: 'score' } }, NONE, positive)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it.each([2 ** 1020, 2 ** -1070])('by score are the same whatever the size of the scores, such as %d', (size) => {
    const by = { select: { kind: 'top', k: 3 }, weighting: { kind: 'score' } } as const;
    for (const max_weight of [null, 0.36]) {
      const weights = new Float64Array(6);
      const rule = new LegRule({ ...base, ...by, max_weight }, groups);
      rule.decide(
        scores.map((score) => score * size),
        volatilities,
        pool,
        NONE,
        weights,
      );
      expect(Array.from(weights, (w) => Number(w.toFixed(12)))).toEqual(weightsOf({ ...by, max_weight }));
    }
  });

  it('by inverse volatility leave out what stands still but for rounding', () => {
    const still = Float64Array.of(1e-16, 0.2, 5e-324, 0.2, NaN, 0);
    const by = { select: { kind: 'top', k: 6 }, weighting: { kind: 'inverse_volatility', window: 2 } } as const;
    const weights = new Float64Array(6);
    new LegRule({ ...base, ...by }, groups).decide(scores, still, pool, NONE, weights);
    expect(Array.from(weights)).toEqual([0, 0.5, 0, 0.5, 0, 0]);
  });
});
