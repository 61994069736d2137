import type { Decimal } from '@assay/primitives';

/** Towards zero to a whole number of lots. Throws RangeError unless the lot is positive. */
export function roundToLot(quantity: Decimal, lot: Decimal): Decimal {
  if (!lot.greaterThan(0)) throw new RangeError(`lot must be greater than 0, was ${lot.toFixed()}`);
  return quantity.div(lot).truncated().times(lot);
}
