/** Market code of a calendar; `CRYPTO` never closes. */
export type MarketCode = 'US' | 'HK' | 'CRYPTO';

/** One stretch of trading in local wall-clock time, `HH:MM`; `24:00` is the next midnight. */
export type SessionPart = readonly [open: string, close: string];

/** What a market publishes about its sessions, in local dates `YYYY-MM-DD`. */
export interface MarketRules {
  readonly market: MarketCode;
  /** Short name of the exchange for messages. */
  readonly name: string;
  readonly zone: string;
  /** First and last date the tables hold. */
  readonly coverage: readonly [from: string, to: string];
  readonly sessionsPerYear: number;
  /** Minutes of trading on a full day. */
  readonly minutesPerSession: number;
  isSession(date: string): boolean;
  /** Stretches of a session, lunch breaks and early closes applied. */
  parts(date: string): readonly SessionPart[];
}
