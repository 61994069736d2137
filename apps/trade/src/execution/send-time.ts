import { isDated } from '@assay/contracts';
import { calendarFor } from '@assay/market-data/calendars';
import type { SessionCalendar } from '@assay/market-data/calendars';
import { MINUTE_MS } from '@assay/primitives';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';

/**
 * How long before an opening an order goes to the paper venue, which keeps it for that opening. One that is sent when the market has
 * opened can have no part in the opening price any more: it lies in the past by then.
 */
export const OPENING_LEAD_MS = 5 * MINUTE_MS;

type Sent = Pick<DeploymentEntity, 'market' | 'timeframe' | 'paper'>;

/** Bars of whole sessions of a market that closes trade at the next open; whatever decides while a market is open acts at once. */
export function sendTime(deployment: Sent, nowMs: number, urgent: boolean): number {
  const calendar = calendarFor(deployment.market);
  const lead = deployment.paper ? OPENING_LEAD_MS : 0;
  if (isDated(deployment.timeframe) && !calendar.isContinuous && !urgent) {
    return Math.max(nowMs, calendar.nextOpenMs(nowMs) - lead);
  }
  return calendar.isOpen(nowMs) ? nowMs : Math.max(nowMs, nextTradingMs(calendar, nowMs) - lead);
}

/** When a market that is closed trades again: after a lunch break the same day. */
function nextTradingMs(calendar: SessionCalendar, nowMs: number): number {
  const date = calendar.tradingDate(nowMs);
  const later = calendar.isSession(date) && calendar.stretchesOf(date).find(({ openMs }) => openMs > nowMs);
  return later ? later.openMs : calendar.nextOpenMs(nowMs);
}
