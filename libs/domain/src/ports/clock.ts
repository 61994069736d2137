/** The only source of time: the system's clock, or a replay's. */
export interface Clock {
  /** UTC milliseconds since 1970. */
  nowMs(): number;
}
