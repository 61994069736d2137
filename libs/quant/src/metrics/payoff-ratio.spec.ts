import { REFERENCE_NETS } from '../../../testing/src/quant/reference-returns';
import { trade } from '../../../testing/src/quant/trade';
import { kellyFraction, payoffRatio } from './payoff-ratio';

const trades = REFERENCE_NETS.map((net) => trade(net));

describe('payoff ratio and Kelly fraction', () => {
  it('are of closed trades, of which an even one neither won nor lost', () => {
    expect(payoffRatio(trades)).toBeCloseTo(2, 14);
    expect(kellyFraction(trades)).toBeCloseTo(1 / 3, 14);
    expect(kellyFraction([...trades, trade(9, -1)])).toBe(kellyFraction(trades));
  });

  it('give the bet that grows fastest where each loss costs the stake', () => {
    // six in ten at 2 to 1: the growth of log wealth is highest at 0.4
    const bets = [...Array<number>(6).fill(2), ...Array<number>(4).fill(-1)].map((net) => trade(net));
    const growth = (f: number): number => 0.6 * Math.log(1 + 2 * f) + 0.4 * Math.log(1 - f);
    const best = Array.from({ length: 999 }, (_, i) => i / 1000).reduce((a, f) => (growth(f) > growth(a) ? f : a), 0);
    expect(kellyFraction(bets)).toBeCloseTo(best, 12);
    expect(kellyFraction([trade(0.1), trade(-0.2)])).toBe(0.5 - 0.5 / 0.5);
  });

  it('are undefined without a winner or without a loser', () => {
    for (const nets of [[], [0.1], [-0.1], [0, 0]]) {
      expect(payoffRatio(nets.map((net) => trade(net)))).toBeNull();
      expect(kellyFraction(nets.map((net) => trade(net)))).toBeNull();
    }
  });
});
