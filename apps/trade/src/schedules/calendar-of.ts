import type { SessionCalendar } from '@assay/market-data/calendars';
import { calendarFor } from '@assay/market-data/calendars';

/** The calendar of a deployment's market. */
export const calendarOf = (market: string): SessionCalendar => calendarFor(market);
