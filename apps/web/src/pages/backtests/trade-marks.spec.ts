import { marksOfTrades } from './trade-marks';

const trade = (entry: string, exit: string | null, more: object = {}) => ({
  entry_time: entry,
  exit_time: exit,
  side: 'long',
  net_return: 0.0512,
  ...more,
});
const at = (date: string) => Date.parse(date);

describe('marksOfTrades', () => {
  it('marks entry and exit of a long, with what it earned', () => {
    expect(marksOfTrades([trade('2024-01-02', '2024-01-05')], at('2024-01-01'), at('2024-01-31'))).toEqual([
      { time: at('2024-01-02'), kind: 'buy', text: 'long' },
      { time: at('2024-01-05'), kind: 'sell', text: 'out +5.1 %' },
    ]);
  });

  it('turns the arrows of a short round', () => {
    const [entry, exit] = marksOfTrades(
      [trade('2024-01-02', '2024-01-05', { side: 'short', net_return: -0.01 })],
      0,
      Infinity,
    );
    expect(entry).toMatchObject({ kind: 'sell', text: 'short' });
    expect(exit).toMatchObject({ kind: 'buy', text: 'out -1.0 %' });
  });

  it('leaves out what is not loaded, not closed, or of another symbol', () => {
    expect(marksOfTrades([trade('2024-01-02', null)], at('2024-01-03'), Infinity)).toEqual([]);
    expect(marksOfTrades([trade('2024-01-02', null, { symbol: 'B' })], 0, Infinity, 'A')).toEqual([]);
  });
});
