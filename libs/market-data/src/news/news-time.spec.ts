import { ZoneClock } from '../files/cells/zone-clock';
import { newsTimeOf } from './news-time';

const iso = (text: string, zone?: string): string | null => {
  const time = newsTimeOf(text, zone === undefined ? null : new ZoneClock(zone));
  return time && new Date(time.beginMs).toISOString();
};

describe('the time of news', () => {
  it.each([
    ['Tue, 02 Jan 2024 09:30:05 GMT', '2024-01-02T09:30:05.000Z'],
    ['2 Jan 24 09:30 EST', '2024-01-02T14:30:00.000Z'],
    ['Tue, 02 Jan 2024 09:30:05 +0530', '2024-01-02T04:00:05.000Z'],
    ['Tuesday, 02 January 2024 09:30:05 -05:00', '2024-01-02T14:30:05.000Z'],
    ['02 Jan 99 00:00 Z', '1999-01-02T00:00:00.000Z'],
    ['2024-01-02T09:30:05.250Z', '2024-01-02T09:30:05.250Z'],
    ['20240102T093005', '2024-01-02T09:30:05.000Z'],
    ['1704187805', '2024-01-02T09:30:05.000Z'],
    ['Tue, 31 Feb 2024 09:30:05 GMT', null],
    ['Tue, 02 Jan 2024 24:30:05 GMT', null],
    ['Tue, 02 Jan 2024 09:30:05 XYZ', null],
    ['01/02/2024 09:30', null],
    ['soon', null],
    ['', null],
  ])('%s is %s', (text, time) => expect(iso(text)).toBe(time));

  it('goes by the clocks of the zone where it states none, and a date lasts until its end there', () => {
    expect(iso('2024-07-02 09:30', 'America/New_York')).toBe('2024-07-02T13:30:00.000Z');
    const date = newsTimeOf('2024-07-02', new ZoneClock('America/New_York'))!;
    expect([date.beginMs, date.endMs].map((ms) => new Date(ms).toISOString())).toEqual([
      '2024-07-02T00:00:00.000Z',
      '2024-07-03T04:00:00.000Z',
    ]);
  });
});
