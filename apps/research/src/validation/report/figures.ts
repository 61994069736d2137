/** What stands where there is no figure. */
export const NONE = '–';

const isFigure = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** Four significant digits, large whole numbers in full. */
export function figureText(value: unknown): string {
  if (!isFigure(value)) return NONE;
  if (Number.isInteger(value)) return value.toLocaleString('en-US');
  const rounded = Number(value.toPrecision(4));
  return Math.abs(rounded) >= 1000 ? Math.round(value).toLocaleString('en-US') : String(rounded);
}

export const percentText = (fraction: unknown): string =>
  isFigure(fraction) ? `${(fraction * 100).toFixed(2)} %` : NONE;

/** A time of the results: the date alone where it is midnight, as of daily bars. */
export function timeText(iso: unknown): string {
  if (typeof iso !== 'string') return NONE;
  const [date, time = ''] = iso.split('T');
  return /^00:00(:00(\.0+)?)?Z?$/.test(time) || time === '' ? date! : `${date} ${time.slice(0, 5)} UTC`;
}

/** A code in words: `large_search` is Large search. */
export const inWords = (code: string): string => {
  const words = code.replace(/_/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const numberIn = (values: unknown, key: string): number | null => {
  const value = (values as Record<string, unknown> | null | undefined)?.[key];
  return isFigure(value) ? value : null;
};

export const listIn = (values: unknown, key: string): unknown[] => {
  const value = (values as Record<string, unknown> | null | undefined)?.[key];
  return Array.isArray(value) ? (value as unknown[]) : [];
};

export const recordIn = (values: unknown, key: string): Record<string, unknown> => {
  const value = (values as Record<string, unknown> | null | undefined)?.[key];
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
};

/** Whether there is something of that name. */
export const isIn = (values: unknown, key: string): boolean =>
  (values as Record<string, unknown> | null)?.[key] != null;
