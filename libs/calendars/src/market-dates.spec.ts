import { calendarFor } from './calendar-for';
import { marketDates } from './market-dates';

it('a bar is of the date of its market, a dated one of that in its stamp', () => {
  const at = (...times: string[]) => Float64Array.from(times, (time) => Date.parse(time));
  const dates = (...found: number[]) => found.map((ms) => new Date(ms).toISOString());
  // the evening session of New York, and the morning of Hong Kong, lie on other dates in UTC
  const fx = marketDates(at('2024-01-31T21:30:00Z', '2024-01-31T22:30:00Z'), '1h', calendarFor('FX'));
  expect(dates(...fx)).toEqual(['2024-01-31T00:00:00.000Z', '2024-02-01T00:00:00.000Z']);
  const us = marketDates(at('2024-01-01T02:00:00Z'), '5m', calendarFor('US'));
  expect(dates(...us)).toEqual(['2023-12-31T00:00:00.000Z']);
  const daily = marketDates(at('2024-01-01T00:00:00Z'), '1d', calendarFor('US'));
  expect(dates(...daily)).toEqual(['2024-01-01T00:00:00.000Z']);
});
