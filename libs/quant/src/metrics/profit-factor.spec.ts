import { trade } from '../../../testing/src/quant/trade';
import { expectancy, profitFactor } from './profit-factor';

describe('profit factor and expectancy', () => {
  it('are gains over losses and the mean of closed trades', () => {
    const trades = [trade(0.3), trade(-0.1), trade(0.1), trade(0.9, -1)];
    expect(profitFactor(trades)).toBeCloseTo(4, 12);
    expect(expectancy(trades)).toBeCloseTo(0.1, 12);
  });

  it('know nothing without a loss, and nothing where no trade is closed', () => {
    expect([profitFactor([trade(0.3)]), profitFactor([]), expectancy([]), expectancy([trade(0.9, -1)])]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});
