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
  /** First session open strictly after the instant. */
  nextOpenMs(afterMs: number): number;
  /** Close of the bar that opened then; a daily bar is stamped 00:00Z of its date and closes with its session. */
  barCloseMs(openTimeMs: number, timeframe: Timeframe): number;
  /** First bar close strictly after the instant. */
  nextBarCloseMs(afterMs: number, timeframe: Timeframe): number;
  barsPerYear(timeframe: Timeframe): number;
}
