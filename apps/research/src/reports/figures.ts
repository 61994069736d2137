import type { MetricUnit } from '@assay/quant';
import { html, type Markup } from './markup';

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

const PERCENT_UNITS: readonly MetricUnit[] = ['fraction', 'fraction per year'];

/** A metric by its unit of the catalogue, or why there is none. */
export function metricText(
  values: Readonly<Record<string, number | null>>,
  reasons: Readonly<Record<string, string>>,
  key: string,
  unit: MetricUnit,
): Markup | string {
  const value = values[key] ?? null;
  if (value === null) return key in reasons ? html`<span class="why">${reasons[key]}</span>` : NONE;
  return PERCENT_UNITS.includes(unit) ? percentText(value) : figureText(value);
}

/** A time of the results: the date alone where it is midnight, as of daily bars. */
export function timeText(iso: unknown): string {
  if (typeof iso !== 'string') return NONE;
  const [date, time = ''] = iso.split('T');
  return /^00:00(:00(\.0+)?)?Z?$/.test(time) || time === '' ? date! : `${date} ${time.slice(0, 5)} UTC`;
}

/** The same, or what stands for none, on one line. */
export const when = (iso: string | null, none = NONE): Markup =>
  html`<span class="when">${iso === null ? none : timeText(iso)}</span>`;

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
