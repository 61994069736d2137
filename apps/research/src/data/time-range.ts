import { dateOrTime, endOfDateOrTime } from '@assay/primitives';

/** First millisecond of an inclusive bound; a date is its midnight UTC. @throws DomainError `validation_failed`. */
export const startOfRange = dateOrTime;

/** Last millisecond of an inclusive bound; a date includes its whole day. */
export const endOfRange = endOfDateOrTime;

/** Half-open index range of the bars between the inclusive bounds. */
export function indexRange(openTimeMs: Float64Array, start: string | null, end: string | null): [number, number] {
  const from = start === null ? -Infinity : startOfRange('start', start);
  const to = end === null ? Infinity : endOfRange('end', end);
  let first = 0;
  while (first < openTimeMs.length && openTimeMs[first]! < from) first += 1;
  let last = openTimeMs.length;
  while (last > first && openTimeMs[last - 1]! > to) last -= 1;
  return [first, last];
}
