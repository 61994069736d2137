import DecimalBase from 'decimal.js';

/**
 * Decimal arithmetic of quantities, prices and money: 40 digits, so that no venue's amount is rounded by us. The library's own 20 are too
 * few: a product of two amounts with 18 decimals each has more.
 */
export const Decimal = DecimalBase.clone({ precision: 40, rounding: DecimalBase.ROUND_HALF_EVEN });
export type Decimal = DecimalBase;

/** A decimal as it stands on the wire: no exponent, no negative zero. */
export function toWire(value: Decimal): string {
  return value.isZero() ? '0' : value.toFixed();
}
