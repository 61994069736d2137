import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { dema, tema } from './multiple-ema';

// window 2: averages 9/2, 7/2, 43/6, 79/18; of those 4, 55/9, 134/27; of those 91/18, 809/162
const close = [3, 6, 3, 9, 3];

indicatorContract(dema, {
  'is twice the average less the average of the average': [
    { window: 2 },
    { close },
    { dema: [NaN, NaN, 3, 74 / 9, 103 / 27] },
  ],
  'of one value is the value': [{ window: 1 }, { close }, { dema: close }],
  'of equal prices is the price': [{ window: 2 }, { close: [7, 7, 7] }, { dema: [NaN, NaN, 7] }],
});

indicatorContract(tema, {
  'is three times the first and the third average less three times the second': [
    { window: 2 },
    { close },
    { tema: [NaN, NaN, NaN, 74 / 9, 79 / 6 - 134 / 9 + 809 / 162] },
  ],
  'of one value is the value': [{ window: 1 }, { close }, { tema: close }],
  'of equal prices is the price': [{ window: 2 }, { close: [7, 7, 7, 7] }, { tema: [NaN, NaN, NaN, 7] }],
});
