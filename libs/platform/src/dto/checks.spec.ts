import { stringCheck } from './checks';

describe('a text of a pattern', () => {
  const pattern = /^\d+:\d+$/;

  it('is refused with what is asked for in words, else with the pattern', () => {
    expect(stringCheck({ pattern, form: 'be a:b' })('10-20')).toEqual({ rule: 'pattern', text: 'must be a:b' });
    expect(stringCheck({ pattern })('10-20')).toEqual({ rule: 'pattern', text: `must match ${pattern.source}` });
    expect(stringCheck({ pattern, form: 'be a:b' })('10:20')).toBeUndefined();
  });
});
