import { hasYear, SHA256_HEX } from '@assay/primitives';
import { must } from './must';
import { ofType } from './rules';
import type { Zod } from './wire-document';

const UUID = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/;
const isUuid = must('format', 'be a UUID');

export const uuid = (z: Zod) => z.string(isUuid).regex(UUID, isUuid).meta({ format: 'uuid' });

/** A text that is an id, or the placeholder of the published examples, which asks for a new one. */
export const newId = (z: Zod, placeholder: string) => z.union([uuid(z), z.literal(placeholder)], isUuid);

/** The database has no year 0. */
const HAS_YEAR = /^(?!0000)/;
const isDate = must('format', 'be a date YYYY-MM-DD');
const isInstant = must('format', 'be an ISO-8601 date and time with zone');
const hasYearOfUtc = must('format', 'lie in the years 1 to 9999 of UTC');

/** A day of the calendar as `YYYY-MM-DD`; 2026-02-30 is none. */
export const date = (z: Zod) => z.iso.date(isDate).regex(HAS_YEAR, isDate).meta({ format: 'date' });

const TIME = '[Tt](?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?(?:[Zz]|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)$';

/** An instant as RFC 3339 writes it, with its seconds and its zone. Its schema cannot say that an offset may not leave the years of UTC. */
export const instant = (z: Zod) =>
  z
    .string(isInstant)
    .regex(new RegExp(z.regexes.date.source.replace(/\$$/, TIME)), isInstant)
    .regex(HAS_YEAR, isInstant)
    .refine((text) => Number.isNaN(Date.parse(text)) || hasYear(Date.parse(text)), hasYearOfUtc)
    .meta({ format: 'date-time' });

export const sha256 = (z: Zod) =>
  z.string().regex(SHA256_HEX, must('pattern', 'be a SHA-256 in lower-case hexadecimal'));

/** A text without white space at its ends. */
export const TRIMMED = /^\S(?:.*\S)?$/;

export const trimmed = (z: Zod, most: number) =>
  z.string().min(1).max(most).regex(TRIMMED, must('pattern', 'not begin or end with white space'));

export const ticker = (z: Zod) => trimmed(z, 64);

const DECIMAL = /^-?\d{1,30}(?:\.\d{1,18})?$/;
const isDecimal = must('type', 'be a number or a decimal string');

/** An amount as a number or as a plain decimal string: no exponent, at most 18 places. */
export const positiveAmount = (z: Zod) =>
  z.union(
    [
      z.number().gt(0),
      z
        .string()
        .regex(DECIMAL, isDecimal)
        .regex(/^(?=.*[1-9])\d/, must('exclusive_minimum', 'be greater than 0'))
        .meta({ example: '1.5' }),
    ],
    isDecimal,
  );

export const amount = (z: Zod) =>
  z.union(
    [z.number().min(0), z.string().regex(DECIMAL, isDecimal).regex(/^\d/, must('minimum', 'be at least 0'))],
    isDecimal,
  );

const isInteger = must('type', ofType('integer').text);

/** A whole number that a double holds exactly; bounds added to it keep their own texts. */
export const integer = (z: Zod, isType = isInteger) =>
  z.int({ error: (issue) => (issue.code === 'invalid_type' || 'note' in issue ? isType : undefined) });

/** Of what is kept in revisions: the first is 1. */
export const revision = (z: Zod) => integer(z).min(1);

const isFigure = must('type', 'be a number or null');

/** Null where it is undefined; JSON has neither NaN nor infinity. */
export const figure = (z: Zod) => z.number(isFigure).nullable();
