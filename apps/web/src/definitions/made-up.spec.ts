import { madeUpAmong, madeUpSentence } from './made-up';

const series = [
  { symbol: 'A', source: 'mine', timeframe: '1d', synthetic: true },
  { symbol: 'A', source: 'yahoo', timeframe: '1d', synthetic: false },
  { symbol: 'B', source: 'mine', timeframe: '1d', synthetic: true },
  { symbol: 'B', source: 'mine', timeframe: '1h', synthetic: false },
];

describe('made-up bars', () => {
  it('are those of the very series that is used: its source and its time of a bar', () => {
    const used = (source: string | null, timeframe = '1d') => ({ symbols: ['A', 'B', 'C'], source, timeframe });
    expect(madeUpAmong(series, [used('mine')])).toEqual(['A', 'B']);
    expect(madeUpAmong(series, [used('yahoo')])).toEqual([]);
    expect(madeUpAmong(series, [used('mine', '1h')])).toEqual([]);
  });

  it('without a source are those of which every source is made up', () => {
    expect(madeUpAmong(series, [{ symbols: ['A', 'B'], source: null, timeframe: '1d' }])).toEqual(['B']);
  });

  it('are named once, however many uses there are', () => {
    const one = { symbols: ['B'], source: 'mine', timeframe: '1d' };
    expect(madeUpAmong(series, [one, { ...one, source: null }])).toEqual(['B']);
    expect(madeUpSentence(['B'])).toBe('The bars of B are made up: what they prove says nothing about a market.');
    expect(madeUpSentence(['A', 'B', 'C', 'D', 'E', 'F'])).toContain('of A, B, C, D and 2 more are made up');
  });
});
