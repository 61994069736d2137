import type { Timeframe } from '@assay/contracts';
import { DAY_MS } from '@assay/primitives';
import type { Calendar } from '../ports';

/** Dates as days since 1970-01-01: of a bar, and of the bar after it as the calendar has it. */
export interface BarDays {
  day: number;
  next: number;
}

const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
export const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

/**
 * The date of each bar in the market's calendar, and that of the next: what a calendar can say beforehand, so that the last
 * session of a month, or of a membership, is known at its close. A daily bar's date is its stamp's; any other bar's is the
 * market's own just before it closes: where sessions begin on their eve, the evening is of the next date.
 */
export class TradingDays {
  constructor(
    private readonly timeframe: Timeframe,
    private readonly calendar: Calendar,
  ) {}

  /** Null for a stamp at which the market has no bar. @throws DomainError `validation_failed` for dates before the calendar's tables */
  of(stampMs: number): BarDays | null {
    const { calendar, timeframe } = this;
    if (timeframe === '1d') {
      const day = Math.floor(stampMs / DAY_MS);
      if (!calendar.isSession(dateOf(day))) return null;
      let next = day + 1;
      while (!calendar.isSession(dateOf(next))) next += 1;
      return { day, next };
    }
    if (calendar.barOpenMs(stampMs, timeframe) === null) return null;
    const closeMs = calendar.barCloseMs(stampMs, timeframe);
    return { day: this.dayBefore(closeMs), next: this.dayBefore(calendar.nextBarCloseMs(closeMs, timeframe)) };
  }

  private dayBefore(closeMs: number): number {
    return dayOf(this.calendar.tradingDate(closeMs - 1));
  }
}
