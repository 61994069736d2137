import { DAY_MS, invalidField, MINUTE_MS } from '@assay/primitives';

const STRETCH = /^(\d{1,5})(m|h|d|w)$/;
const UNITS: Readonly<Record<string, number>> = { m: MINUTE_MS, h: 60 * MINUTE_MS, d: DAY_MS, w: 7 * DAY_MS };

/** Milliseconds of a stretch of time such as `45d`: minutes, hours, days or weeks. @throws DomainError about the field */
export function stretchOf(field: string, text: string): number {
  const [, count, unit] = STRETCH.exec(text) ?? [];
  if (unit !== undefined) return Number(count) * UNITS[unit];
  throw invalidField(
    field,
    'stretch',
    text,
    `${field} must be a whole number of m, h, d or w, such as 45d, was ${text}`,
  );
}
