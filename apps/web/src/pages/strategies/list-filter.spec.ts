import { matches, readFilter } from './list-filter';

const row = { name: 'Trend of AAPL', universe: ['AAPL'], status: 'validated' };

describe('the filter of strategies', () => {
  it('finds names and symbols in any case', () => {
    expect(matches(row, { q: 'trend' })).toBe(true);
    expect(matches(row, { q: 'aap' })).toBe(true);
    expect(matches(row, { q: 'btc' })).toBe(false);
  });

  it('shows archived ones only where they are asked for', () => {
    const archived = { ...row, status: 'archived' };
    expect([
      matches(archived, {}),
      matches(archived, { archived: true }),
      matches(archived, { status: 'archived' }),
    ]).toEqual([false, true, true]);
  });

  it('takes from an address what it knows', () => {
    expect(readFilter({ q: 500, status: 'nonsense', tag: '', archived: 'yes' })).toEqual({
      q: '500',
      status: undefined,
      tag: undefined,
      archived: undefined,
    });
  });
});
