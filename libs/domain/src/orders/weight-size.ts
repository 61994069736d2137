import { Decimal, toWire } from '@assay/primitives';

/**
 * Size of a position by weight: |weight| x (capital + the deployment's own profit) / price, not yet rounded to the
 * lot; 0 when nothing of the capital is left.
 * @param weight finite; its exact binary value is used.
 */
export function weightSize(weight: number, capital: string, ownProfit: string, price: string): string {
  const funds = Decimal.max(new Decimal(capital).plus(ownProfit), 0);
  return toWire(new Decimal(weight).abs().times(funds).div(price));
}
