import { trade } from '../../../testing/src/quant/trade';
import { closedTrades, winRatePeriods, winRateTrades } from './win-rate';

describe('win rates', () => {
  it('of periods leave out those without a return', () => {
    expect(winRatePeriods(Float64Array.of(0.1, 0, -0.1, 0.2, 0))).toBeCloseTo(2 / 3, 12);
    expect(winRatePeriods(new Float64Array(3))).toBeNull();
  });

  it('of trades count closed ones alone, a return of 0 as none won', () => {
    const trades = [trade(0.1), trade(0), trade(-0.1), trade(0.3), trade(0.5, -1)];
    expect(closedTrades(trades)).toHaveLength(4);
    expect(winRateTrades(trades)).toBe(0.5);
  });

  it('know nothing where no trade is closed', () => {
    expect([winRateTrades([]), winRateTrades([trade(0.5, -1)])]).toEqual([null, null]);
  });
});
