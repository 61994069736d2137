import { usedBarsOf } from './used-bars';

describe('the bars that a backtest read', () => {
  it('are its series, or every one of its universe', () => {
    const pin = { source: 'mine', symbol: 'A', timeframe: '1h' };
    expect(usedBarsOf(pin)).toEqual([{ symbols: ['A'], source: 'mine', timeframe: '1h' }]);
    const series = [{ symbol: 'A' }, { symbol: 'B' }];
    expect(usedBarsOf({ ...pin, series })).toEqual([{ symbols: ['A', 'B'], source: 'mine', timeframe: '1h' }]);
    expect(usedBarsOf(null)).toEqual([{ symbols: [], source: null, timeframe: '1d' }]);
  });
});
