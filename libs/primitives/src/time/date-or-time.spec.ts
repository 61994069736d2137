import { dateOrTime, endOfDateOrTime } from './date-or-time';
import { DAY_MS } from './durations';

describe('a date or time', () => {
  it('reads a date as its whole day', () => {
    expect(endOfDateOrTime('end', '1970-01-01') - dateOrTime('start', '1970-01-01')).toBe(DAY_MS - 1);
  });

  it.each(['0001-01-01T14:00:00+14:00', '9999-12-31T09:59:59-14:00', '0001-01-01', '9999-12-31'])(
    'reads %s',
    (text) => {
      expect(dateOrTime('start', text)).toBe(Date.parse(text));
    },
  );

  it.each([
    '2020-02-31',
    '2020-1-1',
    'yesterday',
    '2020-01-01T00:00:00',
    '',
    '0001-01-01T00:00:00+14:00',
    '9999-12-31T23:59:59-14:00',
  ])('refuses "%s"', (text) => {
    expect(() => dateOrTime('start', text)).toThrow(
      `start must be a date YYYY-MM-DD or an ISO-8601 time with zone, in the years 1 to 9999 of UTC, was ${text}`,
    );
  });
});
