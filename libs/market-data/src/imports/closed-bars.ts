import type { BarColumns } from '@assay/domain';
import { sessionCloseMs, type SessionCalendar } from '../calendars';
import { closedBefore } from '../files';

/** How many leading bars are closed at `nowMs` by their sessions; only the last bars are looked at. */
export const closedCount = (
  { openTimeMs, timeframe }: Pick<BarColumns, 'openTimeMs' | 'timeframe'>,
  calendar: SessionCalendar,
  nowMs: number,
): number => closedBefore(openTimeMs, sessionCloseMs(calendar, timeframe), nowMs);
