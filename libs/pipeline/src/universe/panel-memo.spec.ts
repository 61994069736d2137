import { PanelMemo } from './panel-memo';

describe('what documents over one panel have in common', () => {
  it('is made once, but of decisions the last alone is kept', () => {
    const memo = new PanelMemo();
    const made: string[] = [];
    const of = (key: string): string =>
      memo.of(key, () => {
        made.push(key);
        return key;
      });
    for (const key of [
      'at a',
      'decisions 1',
      'at a',
      'decisions 1',
      'decisions 2',
      'decisions 2',
      'decisions 1',
      'at a',
    ])
      expect(of(key)).toBe(key);
    expect(made).toEqual(['at a', 'decisions 1', 'decisions 2', 'decisions 1']);
    expect(['at a', 'decisions 1', 'decisions 2'].map((key) => memo.has(key))).toEqual([true, true, false]);
  });
});
