import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { williamsR } from './williams-r';

indicatorContract(williamsR, {
  'is the distance of the close from the highest in percent of the range, negative': [
    { window: 2 },
    { high: [5, 7, 6, 8], low: [3, 4, 5, 4], close: [4, 7, 5, 5] },
    { williams_r: [NaN, 0, -200 / 3, -75] },
  ],
  'of one bar is the place of its close; nothing without range': [
    { window: 1 },
    { high: [4, 7], low: [2, 7], close: [2, 7] },
    { williams_r: [-100, NaN] },
  ],
});
