import type { MarketCode, Timeframe } from '@assay/contracts';
import type { SessionClock } from '@assay/calendars';

/** The clock of a market. Calendars take a while to load: with the first that is asked for. */
export function sessionClock(market: MarketCode, timeframe: Timeframe): SessionClock {
  // by its place, since the build rewrites no name in a require
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on first use
  const { calendarFor, SessionClock: Clock } = require('../../../calendars/src') as typeof import('@assay/calendars');
  return new Clock(calendarFor(market), timeframe);
}
