import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { vwapRolling, vwapSession } from './vwap';

const at = (typical: number[]) => ({ high: typical.map((x) => x + 1), low: typical.map((x) => x - 1), close: typical });

indicatorContract(vwapRolling, {
  'weighs the typical prices of the window; nothing where nothing was traded': [
    { window: 2 },
    { ...at([1, 2, 4, 4, 5]), volume: [1, 3, 1, 0, 0] },
    { vwap_rolling: [NaN, 1.75, 2.5, 4, NaN] },
  ],
  'of one bar is its typical price': [{ window: 1 }, { ...at([1, 2]), volume: [3, 0] }, { vwap_rolling: [1, NaN] }],
});

indicatorContract(vwapSession, {
  'starts anew with each session, and when something is traded in it': [
    {},
    { ...at([1, 3, 4, 6, 9]), volume: [1, 1, 0, 2, 1], value: [1, 1, 2, 2, 2] },
    { vwap_session: [1, 2, NaN, 6, 7] },
  ],
});
