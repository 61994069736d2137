import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { ad, adosc } from './accumulation-distribution';

// closes at the top, at three quarters, without range, at the bottom: the line 100, 140, 140, 120
const bars = { high: [4, 5, 3, 6], low: [2, 1, 3, 2], close: [4, 4, 3, 2], volume: [100, 80, 70, 20] };

indicatorContract(ad, {
  'adds the volume by the place of the close in the range, nothing without range': [
    {},
    bars,
    { ad: [100, 140, 140, 120] },
  ],
  'goes on after a missing volume': [{}, { ...bars, volume: [100, NaN, 70, 20] }, { ad: [100, NaN, 100, 80] }],
});

indicatorContract(adosc, {
  // fast 100, 380/3, 1220/9, ..; slow 100, 120, 130, 125
  'is the fast less the slow average of the line, both from its first value': [
    { fast: 2, slow: 3 },
    bars,
    { adosc: [NaN, NaN, 1220 / 9 - 130, (1220 / 9 + 2 * 120) / 3 - 125] },
  ],
});

it('refuses a fast average that is not faster', () => {
  expect(() => adosc.lookback({ fast: 10 })).toThrow('fast must be below slow 10, was 10');
});
