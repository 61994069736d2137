import { isDated, type Timeframe } from '@assay/contracts';
import { addDays, dateOfUtc } from './civil-date';
import type { SessionCalendar, SessionStretch } from './session-calendar';

/** Where a bar lies in its market's time. */
export interface SessionPlace {
  /** Date in the market's zone, by which sessions are named. */
  date: string;
  /** Its trading, cut by a break; null of a date without session, and before the tables of the calendar. */
  stretches: readonly SessionStretch[] | null;
}

/** The dates and sessions of the bars of one timeframe: of bars in their order each date is worked out once. */
export class SessionClock {
  private place: SessionPlace = { date: '', stretches: null };
  private fromMs = Infinity;
  private toMs = -Infinity;

  constructor(
    readonly calendar: SessionCalendar,
    readonly timeframe: Timeframe,
  ) {}

  /** @param stampMs open time of a bar; 00:00Z of its first session's date from days on. */
  at(stampMs: number): SessionPlace {
    if (stampMs >= this.fromMs && stampMs < this.toMs) return this.place;
    const { calendar } = this;
    const date = isDated(this.timeframe) ? dateOfUtc(stampMs) : calendar.tradingDate(stampMs);
    const hasSession = date >= calendar.coverage[0] && calendar.isSession(date);
    this.place = { date, stretches: hasSession ? calendar.stretchesOf(date) : null };
    const begin = isDated(this.timeframe)
      ? (one: string): number => Date.parse(`${one}T00:00:00Z`)
      : (one: string): number => calendar.dateBeginMs(one);
    this.fromMs = begin(date);
    this.toMs = begin(addDays(date, 1));
    return this.place;
  }
}
