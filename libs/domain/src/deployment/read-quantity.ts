import { Decimal } from '@assay/primitives';
import type { ObjectReader } from '../documents';

const DECIMAL = /^-?\d{1,30}(?:\.\d{1,18})?$/;

/**
 * Reads a decimal given as a number or as a plain decimal string (no exponent, at most 18 places), as it was sent.
 * `above: true` refuses zero too; negatives are always refused.
 */
export function readQuantity(
  reader: ObjectReader,
  key: string,
  rules: { required?: boolean; above?: boolean },
): number | string | undefined {
  const value = reader.raw(key);
  if (value === undefined || typeof value === 'number') {
    return reader.number(key, { required: rules.required, ...(rules.above ? { above: 0 } : { min: 0 }) });
  }
  if (typeof value !== 'string' || !DECIMAL.test(value)) {
    return reader.fail(key, 'type', 'be a number or a decimal string');
  }
  const amount = new Decimal(value);
  if (rules.above && !amount.greaterThan(0)) return reader.fail(key, 'exclusive_minimum', 'be greater than 0');
  if (amount.isNegative()) return reader.fail(key, 'minimum', 'be at least 0');
  return value;
}
