import { differences } from './document-diff';

describe('the difference of two documents', () => {
  it('finds what is new, changed and gone, by path', () => {
    const before = { config: { costs: { fee_bps: 5 }, mode: 'weight' }, protection: { stop_loss: { percent: 5 } } };
    const after = { config: { costs: { fee_bps: 7, spread_bps: 1 }, mode: 'weight' } };
    expect(differences(before, after)).toEqual([
      { path: 'config.costs.fee_bps', before: '5', after: '7' },
      { path: 'config.costs.spread_bps', after: '1' },
      { path: 'protection.stop_loss.percent', before: '5' },
    ]);
  });

  it('names parts of a list by their own name, so that one put in front changes no other', () => {
    const rsi = { name: 'rsi', params: { window: 14 }, pin: { hash: 'a' } };
    const sma = { name: 'sma', params: { window: 200 }, pin: { hash: 'b' } };
    const rows = differences({ features: [rsi] }, { features: [sma, { ...rsi, params: { window: 21 } }] });
    expect(rows).toEqual([
      { path: 'features.sma.name', after: 'sma' },
      { path: 'features.sma.params.window', after: '200' },
      { path: 'features.rsi.params.window', before: '14', after: '21' },
    ]);
  });

  it('says nothing of pins, and nothing where nothing differs', () => {
    expect(differences({ a: [{ pin: { hash: 'x' }, v: 1 }] }, { a: [{ pin: { hash: 'y' }, v: 1 }] })).toEqual([]);
    expect(differences({ list: ['a', 'b'] }, { list: ['a', 'c'] })).toEqual([
      { path: 'list', before: 'a, b', after: 'a, c' },
    ]);
  });
});
