import { DAY_MS } from '@assay/primitives';
import { chingMing, lunarDate, lunarYear } from './chinese-calendar';
import { newMoonEphemerisDay, newMoons } from './new-moon';
import { solarLongitude, solarTermAfter } from './solar-longitude';

const seconds = (ms: number, iso: string): number => Math.abs(ms - Date.parse(iso)) / 1000;
const newMoonNear = (iso: string): number =>
  newMoons(2011, 2036).reduce((best, at) => (seconds(at, iso) < seconds(best, iso) ? at : best));

describe('the sun and the moon as the tests compute them', () => {
  it('meets the worked example of the new moon of February 1977', () =>
    expect(newMoonEphemerisDay(-283)).toBeCloseTo(2443192.65118, 5));

  it.each(['2012-05-20T23:47:02Z', '2017-08-21T18:30:11Z', '2024-04-08T18:20:50Z'])(
    'has the new moon of the eclipse near %s within half a minute',
    (iso) => expect(seconds(newMoonNear(iso), iso)).toBeLessThan(30),
  );

  it.each([
    [0, '2024-03-20T03:06:24Z'],
    [90, '2024-06-20T20:51:00Z'],
    [180, '2024-09-22T12:43:36Z'],
    [270, '2024-12-21T09:20:34Z'],
  ])('has the sun at %i degrees at %s within two minutes', (longitude, iso) =>
    expect(seconds(solarTermAfter(longitude, Date.parse(iso) - 5 * DAY_MS), iso)).toBeLessThan(120),
  );

  it('moves the sun by a whole turn in a year', () => {
    const at = Date.UTC(2026, 5, 1);
    expect(solarLongitude(at + 365.2422 * DAY_MS)).toBeCloseTo(solarLongitude(at), 1);
  });
});

describe('the Chinese calendar as the tests compute it', () => {
  it.each([
    [2012, 4],
    [2014, 9],
    [2017, 6],
    [2020, 4],
    [2023, 2],
    [2025, 6],
    [2028, 5],
    [2031, 3],
    [2033, undefined],
    [2034, 11],
  ])('gives %i the leap month %s', (year, month) =>
    expect(lunarYear(year).find(({ leap }) => leap)?.month).toBe(month),
  );

  it.each([
    [2024, 1, 1, '2024-02-10'],
    [2025, 1, 1, '2025-01-29'],
    [2023, 5, 5, '2023-06-22'],
    [2020, 8, 15, '2020-10-01'],
    [2022, 9, 9, '2022-10-04'],
    [2025, 4, 8, '2025-05-05'],
  ])('puts year %i month %i day %i on %s', (year, month, day, date) => expect(lunarDate(year, month, day)).toBe(date));

  it.each([
    [2015, '2015-04-05'],
    [2016, '2016-04-04'],
    [2023, '2023-04-05'],
    [2024, '2024-04-04'],
  ])('puts Ching Ming of %i on %s', (year, date) => expect(chingMing(year)).toBe(date));
});
