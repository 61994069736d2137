import { isDated, type Schedule, type Timeframe } from '@assay/contracts';
import type { Calendar } from '@assay/domain';
import { CronExpressionParser } from 'cron-parser';

/**
 * When a deployment is next evaluated, strictly after the instant; null for a manual schedule.
 * The named schedules follow the calendar's bar closes, early closes included, weekly and monthly bars their own; a cron schedule evaluates whatever bar has closed by then.
 *
 * @returns UTC milliseconds
 */
export function nextRunMs(
  schedule: Schedule,
  timeframe: Timeframe,
  calendar: Calendar,
  afterMs: number,
): number | null {
  if (schedule === 'manual') return null;
  if (schedule === 'daily_close') return calendar.nextBarCloseMs(afterMs, isDated(timeframe) ? timeframe : '1d');
  if (schedule === 'hourly') return calendar.nextBarCloseMs(afterMs, '1h');
  return CronExpressionParser.parse(schedule.cron, { tz: schedule.tz, currentDate: new Date(afterMs) })
    .next()
    .getTime();
}
