import { valuesOf } from '../../../../testing/src/quant/indicator-bars';
import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { signalFunctions } from '../../signals';
import { getBollingerBand } from './get-bollinger-band';

const prices = [100, 102, 101, 105, 107, 103, 99, 98, 104, 110, 108, 112];

indicatorContract(getBollingerBand, {
  'has the golden vector of the Strategy JSON, a z-score with the sample deviation': [
    { window: 3 },
    { value: prices },
    {
      get_bollinger_band: [
        NaN,
        NaN,
        0,
        1.1208970766,
        0.8728715609,
        -1,
        -1,
        -0.755928946,
        1.1406468642,
        1,
        0.2182178902,
        1,
      ],
    },
  ],
  'is nothing at rest': [{ window: 2 }, { value: [7, 7] }, { get_bollinger_band: [NaN, NaN] }],
});

it('gives the positions of Bollinger momentum at 0.5', () => {
  const signal = signalFunctions.get('momentum_band_signal')!;
  const { get_bollinger_band: z } = valuesOf(getBollingerBand, { window: 3 }, { value: prices });
  expect(z.slice(2).map((value) => signal(value, 0.5, 1))).toEqual([0, 1, 1, -1, -1, -1, 1, 1, 0, 1]);
});
