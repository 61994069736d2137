import { readsOf } from './feature-reads';

const feature = (id: string, name: string, params: Record<string, unknown>) => ({ id, name, params });
const rsi = feature('1', 'rsi_14', { window: 14, column: 'close' });
const gap = feature('2', 'gap', { expression: 'rsi_14 - rolling_mean(rsi_14, 10)' });
const rank = feature('3', 'gap.rank', { column: 'gap', window: 20 });
const all = [rsi, gap, rank];

describe('features that one reads', () => {
  it('lists them before it, theirs before them', () => {
    expect(readsOf(rank, all)).toEqual([rsi, gap]);
    expect(readsOf(gap, all)).toEqual([rsi]);
    expect(readsOf(rsi, all)).toEqual([]);
  });

  it('takes no part of a longer name, and the newest of the same one', () => {
    const newer = feature('4', 'gap', { column: 'open' });
    expect(readsOf(feature('5', 'x', { expression: 'gap.rank + 1' }), [rank])).toEqual([rank]);
    expect(readsOf(feature('5', 'x', { expression: 'gap' }), [gap, newer])).toEqual([newer]);
  });

  it('ends where features read each other in a circle, or themselves', () => {
    const a = feature('6', 'a', { expression: 'b + a' });
    const b = feature('7', 'b', { expression: 'a' });
    expect(readsOf(a, [a, b])).toEqual([b]);
  });
});
