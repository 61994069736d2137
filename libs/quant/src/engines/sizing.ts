import { isAtLeast, isTie, WITH_UNIT } from '../comparison/comparison';
import type { Sizing } from './types';

/**
 * Rounds units toward zero to a multiple of `lot`; absent lot = unchanged. A quotient such as 0.3 / 0.1 lands a few ulps
 * under the whole number that it equals.
 */
export function roundToLot(units: number, lot: number | undefined): number {
  if (lot === undefined) return units;
  const quotient = Math.abs(units) / lot;
  const nearest = Math.round(quotient);
  const lots = isTie(quotient, nearest, WITH_UNIT) ? nearest : Math.floor(quotient);
  return lots === 0 ? 0 : Math.sign(units) * lots * lot;
}

/**
 * Units wanted after the close of bar t.
 * @param held units held now; a sizing that only reacts to target changes keeps them while `changed` is false.
 * @returns lot-rounded units; an undefined or non-positive stop distance keeps the held units.
 */
export function desiredUnits(
  sizing: Sizing,
  weight: number,
  changed: boolean,
  t: number,
  equity: number,
  price: number,
  held: number,
): number {
  if (weight === 0) return 0;
  if ('qty' in sizing) return roundToLot(weight * sizing.qty, sizing.lot);
  if (sizing.kind === 'percent_of_equity')
    return roundToLot((weight * sizing.fraction * Math.max(equity, 0)) / price, sizing.lot);
  if (!changed) return held;
  const distance = sizing.stopDistance[t];
  return distance > 0 ? roundToLot((weight * sizing.fraction * Math.max(equity, 0)) / distance, sizing.lot) : held;
}

/** True if a change of `delta` units at `price` is sent: not zero, and at least the minimum notional unless it closes. */
export function isSendable(sizing: Sizing, delta: number, price: number, unitsAfter: number): boolean {
  if (delta === 0) return false;
  return (
    unitsAfter === 0 ||
    sizing.minNotional === undefined ||
    isAtLeast(Math.abs(delta) * price, sizing.minNotional, WITH_UNIT)
  );
}
