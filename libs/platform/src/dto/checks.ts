import { isStorableText } from '@assay/contracts';
import { type FieldProblem, hasYear, isDate, isUuid } from '@assay/primitives';

/** What a value breaks: the rule's name and the rest of the sentence `<field> <text>, was <value>`. */
export interface Violation {
  rule: string;
  text: string;
  /** Of a document with fields of its own: each by its path in the document, which is itself called `document`. */
  problems?: readonly FieldProblem[];
}

export type Check = (value: unknown) => Violation | undefined;

export interface Bounds {
  min?: number;
  max?: number;
  exclusiveMin?: number;
  exclusiveMax?: number;
}

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
export const STORABLE = 'must not contain the character U+0000 or half of a surrogate pair';
/** More than any price, quantity or amount has. */
const MOST_DECIMAL = 64;
const DECIMAL = /^-?(\d+(\.\d*)?|\.\d+)$/;

const violation = (rule: string, text: string): Violation => ({ rule, text });

function bounded(value: number, { min, max, exclusiveMin, exclusiveMax }: Bounds): Violation | undefined {
  if (min !== undefined && value < min) return violation('min', `must be at least ${min}`);
  if (exclusiveMin !== undefined && value <= exclusiveMin)
    return violation('exclusive_min', `must be greater than ${exclusiveMin}`);
  if (max !== undefined && value > max) return violation('max', `must be at most ${max}`);
  if (exclusiveMax !== undefined && value >= exclusiveMax)
    return violation('exclusive_max', `must be less than ${exclusiveMax}`);
  return undefined;
}

export const numberCheck =
  (bounds: Bounds): Check =>
  (value) =>
    typeof value === 'number' && Number.isFinite(value)
      ? bounded(value, bounds)
      : violation('number', 'must be a finite number');

export const integerCheck =
  (bounds: Bounds): Check =>
  (value) =>
    Number.isSafeInteger(value) ? bounded(value as number, bounds) : violation('integer', 'must be an integer');

export const decimalCheck =
  (bounds: Bounds): Check =>
  (value) => {
    const ok =
      typeof value === 'number'
        ? Number.isFinite(value)
        : typeof value === 'string' && value.length <= MOST_DECIMAL && DECIMAL.test(value);
    return ok
      ? bounded(Number(value), bounds)
      : violation('decimal', `must be a decimal number or a string of one with at most ${MOST_DECIMAL} characters`);
  };

export const stringCheck =
  ({ min = 0, max, pattern, form }: { min?: number; max?: number; pattern?: RegExp; form?: string }): Check =>
  (value) => {
    if (typeof value !== 'string') return violation('string', 'must be a string');
    if (!isStorableText(value)) return violation('storable_text', STORABLE);
    if (value.length < min)
      return violation('min_length', `must have at least ${min} character${min === 1 ? '' : 's'}`);
    if (max !== undefined && value.length > max) return violation('max_length', `must have at most ${max} characters`);
    if (pattern && !pattern.test(value)) return violation('pattern', `must ${form ?? `match ${pattern.source}`}`);
    return undefined;
  };

export const booleanCheck: Check = (value) =>
  typeof value === 'boolean' ? undefined : violation('boolean', 'must be true or false');

export const uuidCheck: Check = (value) => (isUuid(value) ? undefined : violation('uuid', 'must be a UUID'));

export const enumCheck =
  (values: readonly (string | number)[], past: readonly string[] = []): Check =>
  (value) =>
    values.includes(value as string) || past.includes(value as string)
      ? undefined
      : violation('enum', `must be one of ${values.join(', ')}`);

/** The database has no year 0. */
const isStorableDate = (value: unknown): boolean => isDate(value) && value > '0001';

export const dateCheck: Check = (value) =>
  isStorableDate(value) ? undefined : violation('date', 'must be a date YYYY-MM-DD');

export const dateTimeCheck: Check = (value) =>
  typeof value === 'string' && DATE_TIME.test(value) && isDate(value.slice(0, 10)) && hasYear(Date.parse(value))
    ? undefined
    : violation('date_time', 'must be an ISO-8601 date and time with zone, in the years 1 to 9999 of UTC');

const typeName = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

export const jsonTypeCheck =
  (types: readonly string[]): Check =>
  (value) =>
    types.includes(typeName(value)) ? undefined : violation('type', `must be of type ${types.join(' or ')}`);

/** Each member is checked by `item`; the first that fails is named. */
export const arrayCheck =
  ({ min = 0, max, item }: { min?: number; max?: number; item?: Check }): Check =>
  (value) => {
    if (!Array.isArray(value)) return violation('array', 'must be an array');
    if (value.length < min) return violation('min_items', `must have at least ${min} item${min === 1 ? '' : 's'}`);
    if (max !== undefined && value.length > max) return violation('max_items', `must have at most ${max} items`);
    for (const [index, member] of value.entries()) {
      const broken = item?.(member);
      if (broken) return violation(`item_${broken.rule}`, `item ${index} ${broken.text}`);
    }
    return undefined;
  };

export const mapCheck =
  (item?: Check): Check =>
  (value) => {
    if (typeName(value) !== 'object') return violation('type', 'must be of type object');
    for (const [key, member] of Object.entries(value as object)) {
      const broken = item?.(member);
      if (broken) return violation(`item_${broken.rule}`, `value of ${key} ${broken.text}`);
    }
    return undefined;
  };
