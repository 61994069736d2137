import { isDated, TIMEFRAME_MINUTES, type Timeframe } from '@assay/contracts';
import { MINUTE_MS } from '@assay/primitives';
import type { SessionCalendar } from '../calendars';
import { utcMidnight } from '@assay/calendars';

/**
 * The bar of a calendar that holds an instant, by the grid of resampling: from the opening of a session and after its
 * break in steps of the timeframe, cut at the close; days, weeks and months by their sessions. What the last instant
 * found is kept, so that a stream of trades asks the calendar once a bar.
 */
export class SessionGrid {
  private fromMs = NaN;
  private toMs = NaN;
  private stampMs = NaN;

  constructor(
    private readonly calendar: SessionCalendar,
    private readonly timeframe: Timeframe,
  ) {}

  /** Stamp of the bar at an instant; NaN outside of sessions. */
  stampOf(timeMs: number): number {
    if (!(timeMs >= this.fromMs && timeMs < this.toMs)) this.find(timeMs);
    return this.stampMs;
  }

  private find(timeMs: number): void {
    const { calendar, timeframe } = this;
    const date = calendar.tradingDate(timeMs);
    const stretch = calendar.isSession(date)
      ? calendar.stretchesOf(date).find(({ openMs, closeMs }) => timeMs >= openMs && timeMs < closeMs)
      : undefined;
    if (stretch === undefined) {
      // sessions begin and end on whole minutes
      this.keep(Math.floor(timeMs / MINUTE_MS) * MINUTE_MS, MINUTE_MS, NaN);
    } else if (isDated(timeframe)) {
      const { openMs, closeMs } = stretch;
      this.keep(openMs, closeMs - openMs, utcMidnight(calendar.periodOf(date, timeframe)!.first));
    } else {
      const stepMs = TIMEFRAME_MINUTES[timeframe] * MINUTE_MS;
      const openMs = stretch.openMs + Math.floor((timeMs - stretch.openMs) / stepMs) * stepMs;
      this.keep(openMs, Math.min(stepMs, stretch.closeMs - openMs), openMs);
    }
  }

  private keep(fromMs: number, lengthMs: number, stampMs: number): void {
    this.fromMs = fromMs;
    this.toMs = fromMs + lengthMs;
    this.stampMs = stampMs;
  }
}
