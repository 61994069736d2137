import { indicators } from './catalog';
import { computeIndicator } from './compute-indicator';

/** A close of 30.01 before a split of 3 for 1 and 3 times 30.01 after it: adjusted they are one price. */
function overSplits(): { close: Float64Array; differ: number } {
  const close: number[] = [];
  let differ = 0;
  for (let cents = 101; cents < 20_000; cents += 37)
    for (const ratio of [3, 5, 7, 10]) {
      const raw = Math.round(cents * ratio) / 100;
      const before = raw * (cents / 100 / raw);
      if (before !== cents / 100) differ += 1;
      close.push(before, cents / 100);
    }
  return { close: Float64Array.from(close), differ };
}

describe('adjusted prices that equal but for the rounding of their factor', () => {
  const { close, differ } = overSplits();
  const volume = new Float64Array(2).fill(7);

  it('differ in the last bit often enough to matter', () => expect(differ).toBeGreaterThan(20));

  it('are neither a rise nor a fall of on-balance volume', () => {
    for (let i = 0; i < close.length; i += 2) {
      const pair = close.slice(i, i + 2);
      expect(Array.from(computeIndicator(indicators.get('obv')!, [pair, volume], {})[0])).toEqual([7, 7]);
    }
  });

  it('are no new extreme of the parabolic stop', () => {
    for (let i = 0; i < close.length; i += 2) {
      const [first, second] = close.subarray(i, i + 2);
      const stops = (third: number): number[] => {
        const high = Float64Array.of(first * 0.9, first, third, first * 0.99, first * 0.99);
        const low = high.map((price) => price * 0.8);
        return Array.from(computeIndicator(indicators.get('parabolic_sar')!, [high, low], {})[0].slice(3));
      };
      stops(second).forEach((stop, at) => expect(stop).toBeCloseTo(stops(first)[at], 9));
    }
  });
});
