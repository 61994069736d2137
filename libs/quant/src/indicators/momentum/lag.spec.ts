import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { lag, ratio } from './lag';

const close = [2, 4, 0, 3, 6];

indicatorContract(lag, {
  'is the value of the bar before': [{ window: 1 }, { close }, { lag: [NaN, 2, 4, 0, 3] }],
  'reaches further back': [{ window: 3 }, { close }, { lag: [NaN, NaN, NaN, 2, 4] }],
});

indicatorContract(ratio, {
  'is undefined from a base of 0': [{ window: 1 }, { close }, { ratio: [NaN, 2, 0, NaN, 2] }],
  'reaches further back': [{ window: 3 }, { close }, { ratio: [NaN, NaN, NaN, 1.5, 1.5] }],
});
