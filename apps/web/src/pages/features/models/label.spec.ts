import { FIRST_LABEL, labelOf, labelWords } from './label';

describe('what a model learns', () => {
  it('is sent as the API has it, without a barrier that is left empty', () => {
    expect(labelOf({ ...FIRST_LABEL, horizon: '5' })).toEqual({ kind: 'forward_return_sign', horizon: 5 });
    expect(labelOf({ ...FIRST_LABEL, kind: 'triple_barrier', horizon: 10, stop: '' })).toEqual({
      kind: 'triple_barrier',
      horizon: 10,
      width: { kind: 'volatility', window: 20 },
      profit: 2,
      stop: null,
      side: null,
      events: { kind: 'every_bar' },
    });
  });

  it('is said in words', () => {
    expect(labelWords(labelOf(FIRST_LABEL))).toBe('Whether the close is higher after 1 bar');
    expect(labelWords({ kind: 'forward_return', horizon: 5 })).toBe('The return after 5 bars');
    expect(labelWords(labelOf({ ...FIRST_LABEL, kind: 'triple_barrier', horizon: 10, stop: '' }))).toBe(
      'Which is touched first within 10 bars: a profit of 2 deviations over 20 bars',
    );
    expect(labelWords(null)).toBeNull();
  });
});
