import { DAY_MS } from '@assay/primitives';

/** Weekdays on which the New York Stock Exchange was closed, month and day. */
const CLOSED: Readonly<Record<number, string>> = {
  2010: '0101 0118 0215 0402 0531 0705 0906 1125 1224',
  2011: '0117 0221 0422 0530 0704 0905 1124 1226',
  2012: '0102 0116 0220 0406 0528 0704 0903 1029 1030 1122 1225',
  2013: '0101 0121 0218 0329 0527 0704 0902 1128 1225',
  2014: '0101 0120 0217 0418 0526 0704 0901 1127 1225',
  2015: '0101 0119 0216 0403 0525 0703 0907 1126 1225',
  2016: '0101 0118 0215 0325 0530 0704 0905 1124 1226',
  2017: '0102 0116 0220 0414 0529 0704 0904 1123 1225',
  2018: '0101 0115 0219 0330 0528 0704 0903 1122 1205 1225',
  2019: '0101 0121 0218 0419 0527 0704 0902 1128 1225',
  2020: '0101 0120 0217 0410 0525 0703 0907 1126 1225',
  2021: '0101 0118 0215 0402 0531 0705 0906 1125 1224',
};

export const MOST_SESSIONS = 3021;

/** The first `count` session dates of the exchange from 4 January 2010 on, `YYYY-MM-DD`; at most 3,021 (to the end of 2021). */
export function sessionDates(count: number): string[] {
  const closed = new Set(
    Object.entries(CLOSED).flatMap(([year, days]) =>
      days.split(' ').map((day) => `${year}-${day.slice(0, 2)}-${day.slice(2)}`),
    ),
  );
  const dates: string[] = [];
  for (let time = Date.UTC(2010, 0, 4); dates.length < count; time += DAY_MS) {
    const date = new Date(time).toISOString().slice(0, 10);
    if (new Date(time).getUTCDay() % 6 !== 0 && !closed.has(date)) dates.push(date);
  }
  return dates;
}
