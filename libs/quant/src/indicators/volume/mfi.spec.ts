import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { mfi } from './mfi';

const at = (typical: number[]) => ({ high: typical.map((x) => x + 1), low: typical.map((x) => x - 1), close: typical });

indicatorContract(mfi, {
  'is the money that came with rising prices in percent of all that moved them': [
    { window: 2 },
    { ...at([1, 2, 3, 2, 2, 2]), volume: [1, 1, 2, 3, 5, 5] },
    { mfi: [NaN, NaN, 100, 50, 0, NaN] },
  ],
  'is nothing where nothing was traded': [
    { window: 2 },
    { ...at([1, 2, 3]), volume: [1, 0, 0] },
    { mfi: [NaN, NaN, NaN] },
  ],
});
