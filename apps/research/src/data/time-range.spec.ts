import { DAY_MS } from '@assay/primitives';
import { endOfRange, indexRange, startOfRange } from './time-range';

const days = Float64Array.of(0, DAY_MS, 2 * DAY_MS, 3 * DAY_MS);

describe('indexRange', () => {
  it('includes the day that an end names', () => {
    expect(indexRange(days, '1970-01-02', '1970-01-03')).toEqual([1, 3]);
    expect(indexRange(days, null, null)).toEqual([0, 4]);
    expect(indexRange(days, '1970-01-02T00:00:01Z', null)).toEqual([2, 4]);
  });

  it('is empty outside the bars', () => {
    const [from, to] = indexRange(days, '1980-01-01', null);
    expect(to - from).toBe(0);
  });
});

describe('bounds', () => {
  it('reads a date as its whole day', () => {
    expect(endOfRange('end', '1970-01-01') - startOfRange('start', '1970-01-01')).toBe(DAY_MS - 1);
  });

  it.each(['0001-01-01T14:00:00+14:00', '9999-12-31T09:59:59-14:00', '0001-01-01', '9999-12-31'])(
    'reads %s',
    (text) => {
      expect(startOfRange('start', text)).toBe(Date.parse(text));
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
    expect(() => startOfRange('start', text)).toThrow(
      `start must be a date YYYY-MM-DD or an ISO-8601 time with zone, in the years 1 to 9999 of UTC, was ${text}`,
    );
  });
});
