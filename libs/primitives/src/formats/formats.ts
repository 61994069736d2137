const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** SHA-256 in lower-case hexadecimal. */
export const SHA256_HEX = /^[0-9a-f]{64}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const LONGEST_VALUE = 80;
const [FIRST_MS, LAST_MS] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')];
/** What of a long text is looked at before it is cut. */
const LOOKED_AT = 4000;
const TO_USER = /(https?:[\\/]*|:[\\/]{2,})\S*@/gi;
const TO_USER_OR_CUT = /(https?:[\\/]*|:[\\/]{2,})\S*(?:@|$)/gi;

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}

/** A day of the calendar as `YYYY-MM-DD`; 2026-02-30 is none. */
export function isDate(value: unknown): value is string {
  if (typeof value !== 'string' || !DATE.test(value)) return false;
  const ms = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === value;
}

/** Whether a time, UTC milliseconds, lies in the years 1 to 9999 of UTC, which the database and every text of ours have. */
export const hasYear = (timeMs: number): boolean => timeMs >= FIRST_MS && timeMs <= LAST_MS;

/** A time, UTC milliseconds, as a date where it is midnight, else as an instant. */
export const timeText = (timeMs: number): string => new Date(timeMs).toISOString().replace('T00:00:00.000Z', '');

export const isoOrNull = (timeMs: number | null): string | null =>
  timeMs === null ? null : new Date(timeMs).toISOString();

/** IANA zone known to this runtime. */
export function isZone(value: unknown): value is string {
  if (typeof value !== 'string' || value === '') return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

/** A text to be shown, cut to at most `length` characters, in which no address has its user name and password. */
export function shownText(text: string, length: number, more = '…'): string {
  const isCut = text.length > LOOKED_AT;
  const plain = text.slice(0, LOOKED_AT).replace(isCut ? TO_USER_OR_CUT : TO_USER, '$1[user]@');
  return isCut || plain.length > length ? `${plain.slice(0, length)}${more}` : plain;
}

/** A value as it stands in a message: JSON, cut to a readable length. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? typeof value);
  return shownText(text, LONGEST_VALUE, '...');
}
