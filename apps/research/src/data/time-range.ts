import { DAY_MS, hasYear, invalid } from '@assay/primitives';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

function parse(field: string, value: string): number {
  const ms = DATE.test(value) || TIME.test(value) ? Date.parse(value) : NaN;
  if (hasYear(ms) && new Date(value.slice(0, 10)).toISOString().startsWith(value.slice(0, 10))) return ms;
  const message = `${field} must be a date YYYY-MM-DD or an ISO-8601 time with zone, in the years 1 to 9999 of UTC, was ${value}`;
  throw invalid([{ field, rule: 'date_or_time', value, message }]);
}

/** First millisecond of an inclusive bound; a date is its midnight UTC. @throws DomainError `validation_failed`. */
export const startOfRange = (field: string, value: string): number => parse(field, value);

/** Last millisecond of an inclusive bound; a date includes its whole day. */
export const endOfRange = (field: string, value: string): number =>
  DATE.test(value) ? parse(field, value) + DAY_MS - 1 : parse(field, value);

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
