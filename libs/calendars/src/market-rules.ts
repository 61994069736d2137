import type { MarketCode } from '@assay/contracts';

/**
 * One stretch of trading in local wall-clock time, `HH:MM`; `24:00` is the next midnight, `eve 17:00` the day before
 * the session's date at that time.
 */
export type SessionPart = readonly [open: string, close: string];

/** What a market publishes about its sessions, in local dates `YYYY-MM-DD`. */
export interface MarketRules {
  readonly market: MarketCode;
  /** Short name of the exchange for messages. */
  readonly name: string;
  readonly zone: string;
  /** First and last date the tables hold. */
  readonly coverage: readonly [from: string, to: string];
  /** Sessions of a year by convention or, where there is none, their rounded mean. */
  readonly sessionsPerYear: number;
  /** Stretches of a full session of today. */
  readonly regular: readonly SessionPart[];
  /** Local hour from which the clock counts to the next date, where sessions begin on their eve; else midnight. */
  readonly dateBeginsAtHour?: number;
  isSession(date: string): boolean;
  /** Stretches of a session, lunch breaks and early closes applied. */
  parts(date: string): readonly SessionPart[];
}
