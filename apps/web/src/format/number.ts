import { groupDigits, roundDecimal, trimZeros } from './decimal';

/** What stands for a value that does not exist; never 0. */
export const NONE = '–';

const exists = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined && Number.isFinite(value);

const cents = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const significant = new Map<number, Intl.NumberFormat>();

/** Kept for each count of digits: making a format takes longer than using it a hundred times. */
function significantOf(digits: number): Intl.NumberFormat {
  const made = significant.get(digits) ?? new Intl.NumberFormat('en-US', { maximumSignificantDigits: digits });
  significant.set(digits, made);
  return made;
}

/** `digits` significant ones at least where the number is small; thousands in groups. */
export function formatNumber(value: number | null | undefined, digits = 4): string {
  if (!exists(value)) return NONE;
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-6 || size >= 1e15)) return value.toExponential(digits - 1);
  return (size >= 10 ** (digits - 1) ? cents : significantOf(digits)).format(value);
}

/** A number with so many digits after the point, for columns of figures that stand below each other. */
export const formatPlaces = (value: number | null | undefined, places: number): string =>
  exists(value) ? groupDigits(value.toFixed(places)) : NONE;

/** A whole number with groups. */
export const formatCount = (value: number | null | undefined): string => (exists(value) ? whole.format(value) : NONE);

/** A fraction in percent: 0.0123 is `1.23 %`. */
export function formatPercent(fraction: number | null | undefined, digits = 2): string {
  if (!exists(fraction)) return NONE;
  const text = (fraction * 100).toFixed(digits);
  return `${groupDigits(Number(text) === 0 ? (0).toFixed(digits) : text)} %`;
}

/** -1, 0 or 1 as `formatPercent` shows it: what rounds to nothing is no gain and no loss. */
export const signOfPercent = (fraction: number | null | undefined, digits = 2): number =>
  (exists(fraction) && Math.sign(Number((fraction * 100).toFixed(digits)))) || 0;

/** Money from its exact text, rounded to `places` for reading; without currency where none is known. */
export function formatMoney(amount: string | null | undefined, currency?: string | null, places = 2): string {
  if (amount === null || amount === undefined) return NONE;
  const text = groupDigits(roundDecimal(amount, places));
  return currency ? `${text} ${currency}` : text;
}

/** A quantity or a price from its exact text, all its digits. */
export const formatExact = (amount: string | null | undefined): string =>
  amount === null || amount === undefined ? NONE : groupDigits(trimZeros(amount));

/** A price from its exact text: at least eight digits after the point, as many more as the price is small; an average has no end. */
export function formatPrice(amount: string | null | undefined): string {
  if (amount === null || amount === undefined) return NONE;
  const zeros = /^-?0\.(0*)/.exec(amount)?.[1]?.length ?? 0;
  return formatExact(roundDecimal(amount, zeros + 8));
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

export function formatBytes(bytes: number | null | undefined): string {
  if (!exists(bytes)) return NONE;
  const step = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${formatNumber(bytes / 1000 ** step, 3)} ${UNITS[step]}`;
}
