import { dateTimeCheck, decimalCheck, stringCheck } from './checks';

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

describe('a time', () => {
  it.each(['0001-01-01T00:00:00Z', '0001-01-01T14:00:00+14:00', '9999-12-31T23:59:59.999Z'])('is %s', (text) => {
    expect(dateTimeCheck(text)).toBeUndefined();
  });

  it.each(['0000-12-31T23:59:59Z', '0001-01-01T00:00:00+14:00', '9999-12-31T23:59:59-14:00', '2021-02-29T00:00Z'])(
    'is not %s',
    (text) => expect(dateTimeCheck(text)?.rule).toBe('date_time'),
  );
});
