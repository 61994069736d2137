/**
 * Values of one external series as columns of equal length. Several rows of one event time are revisions, which differ in
 * when they became available. Times are UTC milliseconds.
 */
export interface Observations {
  /** What the value is about, such as the end of a quarter. */
  eventMs: Float64Array;
  /** Since when it is known. */
  availableMs: Float64Array;
  value: Float64Array;
}

/** Order in which values became known: by availability, of one instant by event time. */
export function byAvailability({ eventMs, availableMs, value }: Observations): Observations {
  const order = Uint32Array.from({ length: value.length }, (_, i) => i);
  order.sort((a, b) => availableMs[a] - availableMs[b] || eventMs[a] - eventMs[b]);
  const ordered = (column: Float64Array): Float64Array => Float64Array.from(order, (i) => column[i]);
  return { eventMs: ordered(eventMs), availableMs: ordered(availableMs), value: ordered(value) };
}
