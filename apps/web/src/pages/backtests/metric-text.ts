import { formatCount, formatNumber, formatPercent } from '../../format/number';

/** A metric by its unit of the catalogue: fractions in percent, bars and counts whole. */
export function metricText(value: number | null | undefined, unit: string | undefined): string {
  if (unit === 'fraction' || unit === 'fraction per year') return formatPercent(value);
  if (unit === 'bars' || unit === 'count') return formatCount(value);
  return formatNumber(value);
}

export const numberIn = (values: unknown, key: string): number | null => {
  const value = (values as Record<string, unknown> | null | undefined)?.[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

export const textIn = (values: unknown, key: string): string | null => {
  const value = (values as Record<string, unknown> | null | undefined)?.[key];
  return typeof value === 'string' ? value : null;
};
