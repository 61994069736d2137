import type { Timeframe } from '@assay/contracts';

/** Sessions of one market. Dates are `YYYY-MM-DD` in the market's zone; instants are UTC milliseconds. */
export interface Calendar {
  /** IANA time zone of the market. */
  readonly zone: string;
  isSession(date: string): boolean;
  /** Session dates from `from` to `to`, both included. */
  sessions(from: string, to: string): string[];
  sessionOpenMs(date: string): number;
  /** Early closes included. */
  sessionCloseMs(date: string): number;
  /** The market's own date at an instant: where sessions begin on their eve, the evening is of the next date. */
  tradingDate(timeMs: number): string;
  /** First session open strictly after the instant. */
  nextOpenMs(afterMs: number): number;
  /** When the bar with that stamp opens: its stamp, or the open of its first session; null for a stamp outside the sessions. */
  barOpenMs(stampMs: number, timeframe: Timeframe): number | null;
  /**
   * Close of the bar with that stamp. Bars of days, weeks and months are stamped 00:00Z of a date of their period (that of
   * its first session) and close with its last session.
   */
  barCloseMs(openTimeMs: number, timeframe: Timeframe): number;
  /** First bar close strictly after the instant. */
  nextBarCloseMs(afterMs: number, timeframe: Timeframe): number;
  barsPerYear(timeframe: Timeframe): number;
}
