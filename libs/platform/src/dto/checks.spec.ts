import { decimalCheck, stringCheck } from './checks';

describe('a text of a pattern', () => {
  const pattern = /^\d+:\d+$/;

  it('is refused with what is asked for in words, else with the pattern', () => {
    expect(stringCheck({ pattern, form: 'be a:b' })('10-20')).toEqual({ rule: 'pattern', text: 'must be a:b' });
    expect(stringCheck({ pattern })('10-20')).toEqual({ rule: 'pattern', text: `must match ${pattern.source}` });
    expect(stringCheck({ pattern, form: 'be a:b' })('10:20')).toBeUndefined();
  });
});

describe('what a column cannot hold', () => {
  it.each(['a\u0000', '\ud800'])('is no text: %j', (text) => {
    expect(stringCheck({})(text)?.rule).toBe('storable_text');
  });

  it('is no decimal: more digits than any amount has', () => {
    expect(decimalCheck({})('9'.repeat(64))).toBeUndefined();
    expect(decimalCheck({})('9'.repeat(65))?.rule).toBe('decimal');
  });
});
