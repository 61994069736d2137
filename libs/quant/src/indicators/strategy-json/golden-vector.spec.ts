import { signalFunctions } from '../../signals';
import { computeIndicator } from '../compute-indicator';
import { strategyJsonIndicators } from './strategy-json-indicators';
import type { StrategyJsonIndicatorName } from './strategy-json-indicator';

const prices = Float64Array.of(100, 102, 101, 105, 107, 103, 99, 98, 104, 110, 108, 112);
const compute = (name: StrategyJsonIndicatorName, x = prices): Float64Array =>
  computeIndicator(strategyJsonIndicators.get(name)!, [x], { window: 3 })[0];

function expectFrom(actual: Float64Array, first: number, expected: number[]): void {
  for (let i = 0; i < first; i++) expect(actual[i]).toBeNaN();
  expect(actual.length).toBe(first + expected.length);
  expected.forEach((value, k) => expect(Math.abs(actual[first + k] - value)).toBeLessThan(1e-9));
}

// The golden vector of the Strategy JSON rulings, window 3, ten decimals.
describe('golden vector of the Strategy JSON', () => {
  it('get_sma', () => {
    expectFrom(
      compute('get_sma'),
      2,
      [101, 102.6666666667, 104.3333333333, 105, 103, 100, 100.3333333333, 104, 107.3333333333, 110],
    );
  });

  it('get_ema has a value from the first bar', () => {
    expectFrom(
      compute('get_ema'),
      0,
      [100, 101, 101, 103, 105, 104, 101.5, 99.75, 101.875, 105.9375, 106.96875, 109.484375],
    );
  });

  it('get_rsi', () => {
    expectFrom(
      compute('get_rsi'),
      3,
      [85.7142857143, 85.7142857143, 60, 20, 0, 54.5454545455, 92.3076923077, 85.7142857143, 83.3333333333],
    );
  });

  it('get_rsi is 100 all up, 0 all down, NaN constant', () => {
    const up = Float64Array.from({ length: 9 }, (_, i) => 100.1 + i * 0.3);
    expectFrom(compute('get_rsi', up), 3, Array(6).fill(100));
    expect([...compute('get_rsi', up)].slice(3).every((v) => v === 100)).toBe(true);
    expect([...compute('get_rsi', up.slice().reverse())].slice(3).every((v) => v === 0)).toBe(true);
    expect([...compute('get_rsi', new Float64Array(9).fill(0.1))].every(Number.isNaN)).toBe(true);
  });

  it('get_bollinger_band is a z-score with the sample deviation', () => {
    expectFrom(
      compute('get_bollinger_band'),
      2,
      [0, 1.1208970766, 0.8728715609, -1, -1, -0.755928946, 1.1406468642, 1, 0.2182178902, 1],
    );
  });

  it('Bollinger momentum at 0.5 gives the positions', () => {
    const signal = signalFunctions.get('momentum_band_signal')!;
    expect([...compute('get_bollinger_band')].slice(2).map((z) => signal(z, 0.5, 1))).toEqual([
      0, 1, 1, -1, -1, -1, 1, 1, 0, 1,
    ]);
  });

  it('get_stochastic_oscillator is the mean of %K', () => {
    const high = prices.map((p) => p + 1);
    const low = prices.map((p) => p - 1);
    const [d] = computeIndicator(strategyJsonIndicators.get('get_stochastic_oscillator')!, [high, low, prices], {
      window: 3,
    });
    const k = [...prices].map((close, i) => {
      const highest = Math.max(...high.subarray(Math.max(0, i - 2), i + 1));
      const lowest = Math.min(...low.subarray(Math.max(0, i - 2), i + 1));
      return (100 * (close - lowest)) / (highest - lowest);
    });
    const expected = k.map((_, i) => (k[i] + k[i - 1] + k[i - 2]) / 3).slice(4);
    expectFrom(d, 4, expected);
  });
});
