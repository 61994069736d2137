import { parseNotice, staleBy } from './notice';

describe('notices of changes', () => {
  it('are read where they say of what kind they are, and left alone otherwise', () => {
    expect(parseNotice('{"kind":"order","id":"o1"}')).toEqual({ kind: 'order', id: 'o1' });
    expect(parseNotice('{"kind":"account"}')).toEqual({ kind: 'account', id: null });
    for (const other of ['{"id":"o1"}', 'null', '[]', '{']) expect(parseNotice(other)).toBeUndefined();
  });

  it('make stale what shows the row, also under another name', () => {
    expect(staleBy('account')).toEqual(['account']);
    expect(staleBy('fill')).toEqual(['fill', 'deployment']);
    expect(staleBy('validation')).toEqual(['validation', 'strategy']);
    expect(staleBy('backtest')).toEqual(['backtest', 'strategy']);
    expect(staleBy('subscription')).toEqual(['subscription', 'series']);
  });
});
