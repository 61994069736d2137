import { instantBound } from './instant-bound';

describe('a bound of a range of times', () => {
  it.each([
    [undefined, 'infinity', 'infinity'],
    [0, 'infinity', '1970-01-01T00:00:00.000Z'],
    [Date.parse('9999-12-31T23:59:59.999Z'), 'infinity', '9999-12-31T23:59:59.999Z'],
    [Date.parse('9999-12-31T23:59:59.999Z') + 1, 'infinity', 'infinity'],
    [Infinity, '-infinity', 'infinity'],
    [Date.parse('0001-01-01T00:00:00Z') - 1, 'infinity', '-infinity'],
  ] as const)('of %s is %s or %s', (ms, open, text) => {
    expect(instantBound(ms, open)).toBe(text);
  });
});
