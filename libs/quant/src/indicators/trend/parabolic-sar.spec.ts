import { closesOverSplits, valuesOf } from '../../../../testing/src/quant/indicator-bars';
import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { parabolicSar } from './parabolic-sar';

indicatorContract(parabolicSar, {
  'goes towards the extreme, stays outside of two bars, and turns at the extreme when it is touched': [
    { acceleration: 0.5, maximum: 1 },
    { high: [10, 12, 14, 13, 8, 7], low: [9, 11, 13, 7, 6, 5] },
    { parabolic_sar: [NaN, 9, 10.5, 14, 14, 13] },
  ],
  'begins short when the second bar falls more than it rises': [
    { acceleration: 0.5, maximum: 0.5 },
    { high: [12, 11, 9], low: [11, 9, 8] },
    { parabolic_sar: [NaN, 12, 11] },
  ],
  'rests with the price': [{}, { high: [7, 7, 7], low: [7, 7, 7] }, { parabolic_sar: [NaN, 7, 7] }],
});

it('takes an adjusted price that is the last extreme but for rounding for no new one', () => {
  for (const [first, second] of closesOverSplits()) {
    const stops = (third: number): number[] => {
      const high = [first * 0.9, first, third, first * 0.99, first * 0.99];
      return valuesOf(parabolicSar, {}, { high, low: high.map((price) => price * 0.8) }).parabolic_sar.slice(3);
    };
    stops(second).forEach((stop, at) => expect(stop).toBeCloseTo(stops(first)[at], 9));
  }
});
