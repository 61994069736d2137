import { mean, sampleStd } from '@assay/quant';
import {
  BARS_A_YEAR,
  barsOf,
  benchmarkOf,
  DAILY_VOLATILITY,
  gjrReturns,
  sp500Blocks,
  sp500Returns,
  streamOf,
} from './markets';
import { autoregressive } from './model-trials';
import { edgeOf } from './power-markets';

const LONG = 200_000;

describe('made-up markets', () => {
  const gjr = gjrReturns(streamOf('gjr'), LONG, 0.001);

  it('have the volatility and the drift that they say', () => {
    expect(sampleStd(gjr)! / DAILY_VOLATILITY).toBeGreaterThan(0.93);
    expect(sampleStd(gjr)! / DAILY_VOLATILITY).toBeLessThan(1.07);
    expect(mean(gjr)).toBeCloseTo(0.001, 4);
  });

  it('move more after a fall than after a rise', () => {
    const squaresAfter = (isFall: boolean): number => {
      const next = gjr.slice(1).filter((_, t) => gjr[t] < 0.001 === isFall);
      return mean(next.map((r) => (r - 0.001) ** 2));
    };
    expect(squaresAfter(true) / squaresAfter(false)).toBeGreaterThan(1.05);
  });

  it('are blocks of the S&P 500: most bars follow as they did, and all are real', () => {
    const [real, drawn] = [sp500Returns(), sp500Blocks('x', 2772)];
    const place = new Map([...real].map((r, t) => [r, t]));
    expect(drawn).toHaveLength(2772);
    expect(drawn.every((r) => place.has(r))).toBe(true);
    const follow = drawn.slice(1).filter((r, t) => place.get(r) === place.get(drawn[t])! + 1).length;
    expect(follow / 2772).toBeGreaterThan(0.95);
    expect(sp500Blocks('x', 2772)).toEqual(drawn);
    expect(sp500Blocks('y', 2772)).not.toEqual(drawn);
  });

  it('become bars with the same returns', () => {
    const bars = barsOf(gjr.slice(0, 50));
    benchmarkOf(bars).returns.forEach((r, t) => expect(r).toBeCloseTo(gjr[t + 1], 12));
    expect(bars.open.slice(1)).toEqual(bars.close.slice(0, -1));
  });
});

describe('a planted edge', () => {
  it.each([0.7, 1.5])('has the information ratio %d in the long run', (ir) => {
    const seen = Math.sqrt(0.9);
    const rng = streamOf('edge');
    const factor = autoregressive(rng, LONG, 0.5);
    const error = autoregressive(rng, LONG, 0.5);
    const edge = edgeOf(ir, seen);
    const earned = factor.map(
      (f, t) => Math.sign(seen * f + Math.sqrt(0.1) * error[t]) * (edge * f + DAILY_VOLATILITY * rng.normal()),
    );
    // the ratio of so many bars is uncertain by sqrt(252 / 200000) = 0.035
    expect(Math.abs((mean(earned) / sampleStd(earned)!) * Math.sqrt(BARS_A_YEAR) - ir)).toBeLessThan(0.1);
  });
});
