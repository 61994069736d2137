import { isWeekday } from './civil-date';
import type { MarketRules, SessionPart } from './market-rules';

/**
 * Weekday holidays: as published while they are, then by the General Holidays Ordinance on the lunar calendar of
 * Beijing time. A new moon minutes from midnight moves a whole feast by a day, and calendars of other zones or older
 * tables then disagree (2027, 2030): the spec computes every date anew. Month and day.
 */
const HOLIDAYS: Readonly<Record<number, string>> = {
  2012: '0102 0123 0124 0125 0404 0406 0409 0501 0702 1001 1002 1023 1225 1226',
  2013: '0101 0211 0212 0213 0329 0401 0404 0501 0517 0612 0701 0920 1001 1014 1225 1226',
  2014: '0101 0131 0203 0418 0421 0501 0506 0602 0701 0909 1001 1002 1225 1226',
  2015: '0101 0219 0220 0403 0406 0407 0501 0525 0701 0903 0928 1001 1021 1225',
  2016: '0101 0208 0209 0210 0325 0328 0404 0502 0609 0701 0916 1010 1226 1227',
  2017: '0102 0130 0131 0404 0414 0417 0501 0503 0530 1002 1005 1225 1226',
  2018: '0101 0216 0219 0330 0402 0405 0501 0522 0618 0702 0925 1001 1017 1225 1226',
  2019: '0101 0205 0206 0207 0405 0419 0422 0501 0513 0607 0701 1001 1007 1225 1226',
  2020: '0101 0127 0128 0410 0413 0430 0501 0625 0701 1001 1002 1026 1225',
  2021: '0101 0212 0215 0402 0405 0406 0519 0614 0701 0922 1001 1014 1227',
  2022: '0201 0202 0203 0405 0415 0418 0502 0509 0603 0701 0912 1004 1226 1227',
  2023: '0102 0123 0124 0125 0405 0407 0410 0501 0526 0622 1002 1023 1225 1226',
  2024: '0101 0212 0213 0329 0401 0404 0501 0515 0610 0701 0918 1001 1011 1225 1226',
  2025: '0101 0129 0130 0131 0404 0418 0421 0501 0505 0701 1001 1007 1029 1225 1226',
  2026: '0101 0217 0218 0219 0403 0406 0407 0501 0525 0619 0701 1001 1019 1225',
  2027: '0101 0208 0209 0326 0329 0405 0513 0609 0701 0916 1001 1008 1227',
  2028: '0126 0127 0128 0404 0414 0417 0501 0502 0529 1002 1004 1026 1225 1226',
  2029: '0101 0213 0214 0215 0330 0402 0404 0501 0521 0702 0924 1001 1016 1225 1226',
  2030: '0101 0204 0205 0206 0405 0419 0422 0501 0509 0605 0701 0913 1001 1225 1226',
  2031: '0101 0123 0124 0411 0414 0501 0528 0624 0701 1001 1002 1024 1225 1226',
  2032: '0101 0211 0212 0213 0326 0329 0405 0517 0701 0920 1001 1012 1227',
  2033: '0131 0201 0202 0404 0415 0418 0502 0506 0601 0701 0909 1003 1226 1227',
  2034: '0102 0220 0221 0222 0405 0407 0410 0501 0525 0620 0928 1002 1020 1225 1226',
  2035: '0101 0208 0209 0323 0326 0405 0501 0515 0611 0702 0917 1001 1009 1225 1226',
};

/** Whole days lost to typhoon signal 8 or a black rainstorm; trading goes on in such weather since 23 September 2024. */
const WEATHER_CLOSURES = [
  ...['2013-08-14', '2016-08-02', '2016-10-21', '2017-08-23', '2020-10-13', '2021-10-13'],
  ...['2023-07-17', '2023-09-01', '2023-09-08', '2024-09-06'],
];

/** Eve of the Lunar New Year, where it is a weekday; Christmas Eve and New Year's Eve follow by rule. */
const LUNAR_EVES = [
  ...['2014-01-30', '2015-02-18', '2017-01-27', '2018-02-15', '2019-02-04', '2020-01-24', '2021-02-11'],
  ...['2022-01-31', '2024-02-09', '2025-01-28', '2026-02-16', '2027-02-05', '2028-01-25', '2029-02-12'],
  ...['2031-01-22', '2032-02-10', '2035-02-07'],
];

const MORNING: SessionPart = ['09:30', '12:00'];
const FULL: readonly SessionPart[] = [MORNING, ['13:00', '16:00']];
const BEFORE_MARCH_2012: readonly SessionPart[] = [MORNING, ['13:30', '16:00']];
const HALF: readonly SessionPart[] = [MORNING];

const iso = (year: string, monthDay: string): string => `${year}-${monthDay.slice(0, 2)}-${monthDay.slice(2)}`;
const closures = new Set([
  ...Object.entries(HOLIDAYS).flatMap(([year, days]) => days.split(' ').map((day) => iso(year, day))),
  ...WEATHER_CLOSURES,
]);
const lunarEves = new Set(LUNAR_EVES);

/** Hong Kong Exchanges and Clearing, 2012 to 2035. Days on which weather took only the morning count as full sessions. */
export const hkex: MarketRules = {
  market: 'HK',
  name: 'HKEX',
  zone: 'Asia/Hong_Kong',
  coverage: ['2012-01-01', '2035-12-31'],
  sessionsPerYear: 252,
  regular: FULL,
  isSession: (date) => isWeekday(date) && !closures.has(date),
  parts: (date) => {
    if (lunarEves.has(date) || date.endsWith('-12-24') || date.endsWith('-12-31')) return HALF;
    return date < '2012-03-05' ? BEFORE_MARCH_2012 : FULL;
  },
};
