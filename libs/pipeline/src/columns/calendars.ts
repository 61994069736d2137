import type { MarketCode, Timeframe } from '@assay/contracts';
import type { SessionClock } from '@assay/calendars';

/** The clock of a market. Calendars take a while to load: with the first that is asked for. */
export function sessionClock(market: MarketCode, timeframe: Timeframe): SessionClock {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on first use
  const { calendarFor, SessionClock: Clock } = require('@assay/calendars') as typeof import('@assay/calendars');
  return new Clock(calendarFor(market), timeframe);
}
