import { invalid } from '../errors';
import { hasYear } from '../formats/formats';
import { DAY_MS } from './durations';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** UTC milliseconds of a date (its midnight UTC) or an ISO-8601 time with zone. @throws DomainError `validation_failed` about the field */
export function dateOrTime(field: string, value: string): number {
  const ms = DATE.test(value) || TIME.test(value) ? Date.parse(value) : NaN;
  if (hasYear(ms) && new Date(value.slice(0, 10)).toISOString().startsWith(value.slice(0, 10))) return ms;
  const message = `${field} must be a date YYYY-MM-DD or an ISO-8601 time with zone, in the years 1 to 9999 of UTC, was ${value}`;
  throw invalid([{ field, rule: 'date_or_time', value, message }]);
}

/** Last millisecond of an inclusive bound: a date includes its whole day. @throws as `dateOrTime` */
export const endOfDateOrTime = (field: string, value: string): number =>
  dateOrTime(field, value) + (DATE.test(value) ? DAY_MS - 1 : 0);
