import { REFERENCE_NETS } from '../../../testing/src/quant/reference-returns';
import { trade } from '../../../testing/src/quant/trade';
import { systemQualityNumber } from './system-quality-number';

it('SQN is the t-value of the mean net return of closed trades', () => {
  const trades = REFERENCE_NETS.map((net) => trade(net));
  expect(systemQualityNumber(trades)).toBeCloseTo(0.9607689228305227, 13);
  expect(systemQualityNumber([...trades, trade(9, -1)])).toBe(systemQualityNumber(trades));
  expect(systemQualityNumber([trade(0.1)])).toBeNull();
  expect(systemQualityNumber([trade(0.1), trade(0.1), trade(0.1)])).toBeNull();
});
