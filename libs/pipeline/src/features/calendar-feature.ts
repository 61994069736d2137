import { isDated, MARKETS, parametersSchema, type MarketCode, type Timeframe } from '@assay/contracts';
import { DAY_MS, invalid, MINUTE_MS } from '@assay/primitives';
import type { SessionCalendar, SessionPlace } from '@assay/calendars';
import { PURE_NUMBER } from '@assay/quant';
import { ALONE, COUNTED, sessionClock } from '../columns';
import type { FeaturePlugin } from './feature-plugin';

interface Instant extends SessionPlace {
  /** Open time of the bar. */
  openTimeMs: number;
  /** 00:00Z of the date. */
  dateMs: number;
  calendar: SessionCalendar;
}

type CalendarValue = (at: Instant) => number;

/** Sessions of the week or month of a date, up to it and after it; null of a date without session. */
function sessionsAround(
  { date, stretches, calendar }: Instant,
  unit: '1w' | '1M',
): { upTo: number; after: number } | null {
  if (stretches === null) return null;
  const { first, last } = calendar.periodOf(date, unit)!;
  const upTo = calendar.sessions(first, date).length;
  return { upTo, after: calendar.sessions(date, last).length - 1 };
}

const utc = ({ dateMs }: Instant): Date => new Date(dateMs);
const lastOfMonthMs = (at: Instant): number => Date.UTC(utc(at).getUTCFullYear(), utc(at).getUTCMonth() + 1, 0);

/** What the date says, in the market's zone. */
const OF_DATE: Readonly<Record<string, CalendarValue>> = {
  year: (at) => utc(at).getUTCFullYear(),
  quarter: (at) => Math.floor(utc(at).getUTCMonth() / 3) + 1,
  month: (at) => utc(at).getUTCMonth() + 1,
  day_of_month: (at) => utc(at).getUTCDate(),
  // Monday is 1
  day_of_week: (at) => ((utc(at).getUTCDay() + 6) % 7) + 1,
  days_to_month_end: (at) => (lastOfMonthMs(at) - at.dateMs) / DAY_MS,
  session_of_week: (at) => sessionsAround(at, '1w')?.upTo ?? NaN,
  sessions_to_week_end: (at) => sessionsAround(at, '1w')?.after ?? NaN,
  session_of_month: (at) => sessionsAround(at, '1M')?.upTo ?? NaN,
  sessions_to_month_end: (at) => sessionsAround(at, '1M')?.after ?? NaN,
  session_minutes: ({ stretches }) =>
    stretches?.reduce((sum, { openMs, closeMs }) => sum + (closeMs - openMs) / MINUTE_MS, 0) ?? NaN,
  session_number: ({ dateMs }) => COUNTED.session(dateMs),
  week_number: ({ dateMs }) => COUNTED.week(dateMs),
  month_number: ({ dateMs }) => COUNTED.month(dateMs),
};

/** What rests on no table of sessions. */
const OF_EVERY_DATE: readonly string[] = [
  ...['year', 'quarter', 'month', 'day_of_month', 'day_of_week', 'days_to_month_end', 'hour'],
  ...['session_number', 'week_number', 'month_number'],
];

/** What the clock says at the open of a bar. */
const OF_CLOCK: Readonly<Record<string, CalendarValue>> = {
  hour: ({ openTimeMs, calendar }) => calendar.localHour(openTimeMs),
  minute_of_session: ({ openTimeMs, stretches }) =>
    stretches === null ? NaN : (openTimeMs - stretches[0]!.openMs) / MINUTE_MS,
  minutes_to_close: ({ openTimeMs, stretches }) =>
    stretches === null ? NaN : (stretches.at(-1)!.closeMs - openTimeMs) / MINUTE_MS,
};

/** The value by open time; what the date says is worked out once a date. */
function calendarValue(of: string, market: MarketCode, timeframe: Timeframe): (openTimeMs: number) => number {
  const ofClock = Object.hasOwn(OF_CLOCK, of) ? OF_CLOCK[of] : undefined;
  if (ofClock && isDated(timeframe)) {
    const known = Object.keys(OF_DATE).join(', ');
    const message = `params.of must be one of ${known} for ${timeframe} bars, was ${of}`;
    throw invalid([{ field: 'params.of', rule: 'timeframe', value: of, message }]);
  }
  const clock = sessionClock(market, timeframe);
  const { calendar } = clock;
  let last = '';
  let value = NaN;
  return (openTimeMs) => {
    const place = clock.at(openTimeMs);
    if (!ofClock && place.date === last) return value;
    last = place.date;
    const at = { ...place, openTimeMs, calendar, dateMs: Date.parse(`${place.date}T00:00:00Z`) };
    value = (ofClock ?? OF_DATE[of]!)(at);
    return value;
  };
}

/** The date and the time of day of a bar's open in the zone of its market: known long before. */
export const calendarFeature: FeaturePlugin = {
  key: 'calendar',
  version: '1',
  description: "date and time of day in the market's zone",
  parameterSchema: parametersSchema({
    of: {
      type: 'string',
      enum: [...Object.keys(OF_DATE), ...Object.keys(OF_CLOCK)],
      description: 'what is told: of the date, or of the clock at the open of an intraday bar',
    },
    market: { type: 'string', enum: MARKETS, description: 'market whose zone and sessions count' },
  }),
  sources: ['bars'],
  columns: () => [],
  sessionsOf: ({ of, market }) => (OF_EVERY_DATE.includes(String(of)) ? null : (market as MarketCode)),
  examples: Object.keys(OF_DATE).map((of) => ({ of, market: 'CRYPTO' })),
  create({ of, market }, name = 'calendar', { timeframe } = ALONE) {
    const valueAt = calendarValue(String(of), market as MarketCode, timeframe);
    return {
      name,
      lookback: 0,
      scale: PURE_NUMBER,
      batch: (bars) => bars.openTimeMs.map(valueAt),
      stream: () => ({
        update: ({ openTimeMs }) => valueAt(openTimeMs),
        save: () => new Float64Array(0),
        load: () => undefined,
      }),
    };
  },
};
