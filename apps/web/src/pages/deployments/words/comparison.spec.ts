import { barAt, compareFills, compareSignals, pricesWords } from './comparison';

const row = (bar_time: string, weight: string, feature = 'a') => ({
  bar_time,
  signal: 1,
  weight: 1,
  bits: { features: { sma: feature }, prediction: 'n', signal: 's', weight },
});

describe('trade beside the backtest', () => {
  it('counts equal bars, and names what differs', () => {
    const traded = [
      row('2024-01-02T00:00:00.000Z', 'w'),
      row('2024-01-03T00:00:00.000Z', 'x'),
      row('2024-01-04T00:00:00.000Z', 'w'),
    ];
    const tested = [row('2024-01-02T00:00:00Z', 'w'), row('2024-01-03T00:00:00Z', 'w', 'b')];
    expect(compareSignals(traded, tested)).toEqual({
      compared: 2,
      equal: 1,
      beyond: 1,
      differences: [{ time: '2024-01-03T00:00:00.000Z', what: 'sma, weight' }],
    });
  });

  it('measures what was paid beyond the opens, on both sides', () => {
    const bars = [
      { time: Date.parse('2024-01-02'), open: 100 },
      { time: Date.parse('2024-01-03'), open: 200 },
    ];
    const fills = [
      { side: 'BUY' as const, qty: '10', price: '101', filled_at: '2024-01-02T14:30:00Z' },
      { side: 'SELL' as const, qty: '10', price: '199', filled_at: '2024-01-03T14:30:00Z' },
      { side: 'BUY' as const, qty: '1', price: '1', filled_at: '2020-01-01T00:00:00Z' },
    ];
    const told = compareFills(fills, bars);
    expect([told.fills, told.compared]).toEqual([3, 2]);
    expect(told.slippageBps).toBeCloseTo((20 / 3000) * 1e4, 9);
    expect(compareFills([], bars).slippageBps).toBeNull();
  });

  it('says what that means', () => {
    const told = { fills: 2, compared: 2 };
    expect(pricesWords({ ...told, slippageBps: null })).toBe('Nothing was filled yet.');
    expect(pricesWords({ ...told, slippageBps: 0 })).toMatch(/: at the very same prices\.$/);
    expect(pricesWords({ ...told, slippageBps: 2.5 })).toMatch(/on average 2\.5 bp of the traded value worse\.$/);
    expect(pricesWords({ ...told, slippageBps: -2.5 })).toMatch(/better\.$/);
  });

  it('finds the bar of a time', () => {
    const bars = [1, 5, 9].map((time) => ({ time, open: time }));
    expect([0, 1, 4, 5, 100].map((time) => barAt(bars, time)?.time)).toEqual([undefined, 1, 1, 5, 9]);
  });
});
