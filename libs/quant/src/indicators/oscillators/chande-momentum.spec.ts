import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { cmo } from './chande-momentum';

indicatorContract(cmo, {
  // gains 1.5, 0.75, 2.375; losses 0, 0.5, 0.25
  'is the surplus of the gains over the losses': [
    { window: 2 },
    { close: [1, 3, 4, 3, 7] },
    { cmo: [NaN, NaN, 100, 20, (100 * 2.125) / 2.625] },
  ],
  'is nothing while no price has moved': [{ window: 2 }, { close: [5, 5, 5, 4] }, { cmo: [NaN, NaN, NaN, -100] }],
});
