import { computeIndicator } from '../compute-indicator';
import { Candles } from './candles';
import { doji } from './one-candle';

it('reads the newest bars back, the last one 0 bars ago', () => {
  const state = new Float64Array(Candles.size);
  const candles = new Candles();
  for (let t = 0; t < 6; t++) candles.push(state, Float64Array.of(t, t + 3, t - 1, t + 2));
  expect([0, 1, 2, 3].map((k) => candles.open(k))).toEqual([5, 4, 3, 2]);
  expect([candles.high(1), candles.low(1), candles.close(1)]).toEqual([7, 3, 6]);
  expect([candles.top(0), candles.bottom(0), candles.body(0)]).toEqual([7, 5, 2]);
  // a fifth and three fifths of the mean range of 4
  expect(candles.near(0)).toBeCloseTo(0.8, 12);
  expect(candles.far(0)).toBeCloseTo(2.4, 12);
});

it('takes a length that differs from its bound by the rounding of prices for equal', () => {
  const usual = Array<number>(10).fill(0);
  const column = (before: number, last: number): Float64Array => Float64Array.from([...usual.map(() => before), last]);
  // ranges of 1 and a body of 0.1, which as a difference of these prices is above 0.1
  expect(1000.1 - 1000).toBeGreaterThan(0.1);
  const bars = [column(1000, 1000), column(1001, 1001), column(1000, 1000), column(1000, 1000.1)];
  expect(computeIndicator(doji, bars, {})[0][10]).toBe(1);
});
