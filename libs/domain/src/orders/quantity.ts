import DecimalBase from 'decimal.js';

/** Decimal arithmetic of quantities and money: 40 digits, so that no venue's amount is rounded by us. */
export const Decimal = DecimalBase.clone({ precision: 40, rounding: DecimalBase.ROUND_HALF_EVEN });
export type Decimal = DecimalBase;

/** A decimal as it stands on the wire: no exponent, no negative zero. */
export function toWire(value: Decimal): string {
  return value.isZero() ? '0' : value.toFixed();
}

/** Towards zero to a whole number of lots. Throws RangeError unless the lot is positive. */
export function roundToLot(quantity: Decimal, lot: Decimal): Decimal {
  if (!lot.greaterThan(0)) throw new RangeError(`lot must be greater than 0, was ${lot.toFixed()}`);
  return quantity.div(lot).truncated().times(lot);
}
