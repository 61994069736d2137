import { MARKETS, type MarketCode, type Timeframe } from '@assay/contracts';
import { DAY_MS } from '@assay/primitives';
import { sessionClock } from './calendars';

const UNITS = ['session', 'week', 'month'] as const;
type Unit = (typeof UNITS)[number];

/** Columns that every series has besides its own, made of the times of its bars: each is a number that changes where the next begins. */
export const DERIVED_COLUMNS: readonly string[] = [
  'utc_day',
  'utc_week',
  'utc_month',
  ...MARKETS.flatMap((market) => UNITS.map((unit) => `${unit}.${market}`)),
];

/** Days since 1970, weeks from Monday, and months, of a date that is 00:00Z. */
export const COUNTED: Readonly<Record<Unit, (dateMs: number) => number>> = {
  session: (dateMs) => Math.floor(dateMs / DAY_MS),
  // the first of January 1970 was a Thursday
  week: (dateMs) => Math.floor((Math.floor(dateMs / DAY_MS) + 3) / 7),
  month: (dateMs) => {
    const date = new Date(dateMs);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  },
};

const OF_UTC: Readonly<Record<string, Unit>> = { utc_day: 'session', utc_week: 'week', utc_month: 'month' };

/** The value of a derived column by open time; null for any other name. */
export function derivedColumn(name: string, timeframe: Timeframe): ((openTimeMs: number) => number) | null {
  if (!DERIVED_COLUMNS.includes(name)) return null;
  const ofUtc = OF_UTC[name];
  if (ofUtc !== undefined) return COUNTED[ofUtc];
  const [unit, market] = name.split('.') as [Unit, MarketCode];
  const clock = sessionClock(market, timeframe);
  let last = '';
  let value = NaN;
  return (openTimeMs) => {
    const { date } = clock.at(openTimeMs);
    if (date === last) return value;
    last = date;
    value = COUNTED[unit](Date.parse(`${date}T00:00:00Z`));
    return value;
  };
}
