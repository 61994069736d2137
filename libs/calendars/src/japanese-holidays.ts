import { addDays, civil, nthWeekday, weekday } from './civil-date';

const MONDAY = 1;
const SUNDAY = 0;

/** Moved to the opening and closing of the Olympic games: Marine, Sports and Mountain Day. */
const OLYMPIC_YEARS: Readonly<Record<number, readonly string[]>> = {
  2020: ['2020-07-23', '2020-07-24', '2020-08-10'],
  2021: ['2021-07-22', '2021-07-23', '2021-08-08'],
};
/** Accession and enthronement of the emperor, by a law for that year. */
const ENTHRONEMENT = ['2019-05-01', '2019-10-22'];

/**
 * Day of the month on which the sun passes the equinox in Japan, 1980 to 2099: the mean day of 1980, the drift of a
 * tropical year and the leap days since.
 */
const equinoxDay = (year: number, meanDayOf1980: number): number =>
  Math.floor(meanDayOf1980 + 0.242194 * (year - 1980)) - Math.floor((year - 1980) / 4);

export const vernalEquinox = (year: number): string => civil(year, 3, equinoxDay(year, 20.8431));
export const autumnalEquinox = (year: number): string => civil(year, 9, equinoxDay(year, 23.2488));

function summerAndSports(year: number): readonly string[] {
  const moved = OLYMPIC_YEARS[year];
  if (moved) return moved;
  return [
    year < 2003 ? civil(year, 7, 20) : nthWeekday(year, 7, MONDAY, 3),
    ...(year < 2016 ? [] : [civil(year, 8, 11)]),
    nthWeekday(year, 10, MONDAY, 2),
  ];
}

/** Akihito until 2018, Naruhito from 2020: in 2019 neither. */
const emperorsBirthday = (year: number): string[] =>
  year === 2019 ? [] : [year < 2019 ? civil(year, 12, 23) : civil(year, 2, 23)];

/** Holidays that the act on national holidays names, from 2000 on. */
const namedHolidays = (year: number): string[] => [
  civil(year, 1, 1),
  nthWeekday(year, 1, MONDAY, 2),
  civil(year, 2, 11),
  vernalEquinox(year),
  civil(year, 4, 29),
  civil(year, 5, 3),
  ...(year < 2007 ? [] : [civil(year, 5, 4)]),
  civil(year, 5, 5),
  ...summerAndSports(year),
  year < 2003 ? civil(year, 9, 15) : nthWeekday(year, 9, MONDAY, 3),
  autumnalEquinox(year),
  civil(year, 11, 3),
  civil(year, 11, 23),
  ...emperorsBirthday(year),
  ...ENTHRONEMENT.filter((date) => date.startsWith(`${year}-`)),
];

/**
 * National holidays of Japan, 2000 to 2099: those named, the next day that is none for one on a Sunday, and the day
 * between two of them.
 */
export function japaneseHolidays(year: number): Set<string> {
  const named = new Set(namedHolidays(year));
  const between = [...named]
    .map((date) => addDays(date, 1))
    .filter((date) => !named.has(date) && named.has(addDays(date, 1)) && weekday(date) !== SUNDAY);
  const substitutes = [...named]
    .filter((date) => weekday(date) === SUNDAY)
    .map((sunday) => {
      let date = addDays(sunday, 1);
      while (named.has(date)) date = addDays(date, 1);
      return date;
    });
  return new Set([...named, ...between, ...substitutes]);
}
