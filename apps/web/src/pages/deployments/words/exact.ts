import { sumDecimals, trimZeros } from '../../../format/decimal';

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

function scaled(text: string): { digits: bigint; places: number } {
  const match = DECIMAL.exec(text);
  if (!match) throw new RangeError(`not a decimal: ${text}`);
  const [, sign = '', whole = '0', fraction = ''] = match;
  const digits = BigInt(whole + fraction);
  return { digits: sign === '-' ? -digits : digits, places: fraction.length };
}

/** Exact product of two decimals. @throws RangeError on text that is no decimal */
export function multiplyDecimals(left: string, right: string): string {
  const a = scaled(left);
  const b = scaled(right);
  const product = a.digits * b.digits;
  const places = a.places + b.places;
  const text = (product < 0n ? -product : product).toString().padStart(places + 1, '0');
  const cut = text.length - places;
  return trimZeros(`${product < 0n ? '-' : ''}${text.slice(0, cut)}${places > 0 ? `.${text.slice(cut)}` : ''}`);
}

const negated = (text: string): string => (text.startsWith('-') ? text.slice(1) : `-${text}`);

/** What the open position has gained since its average entry at a price; null where nothing is held or no price is known. */
export function openGain(qty: string, averagePrice: string | null, price: string | null | undefined): string | null {
  if (averagePrice === null || price === null || price === undefined || /^-?0*(\.0*)?$/.test(qty)) return null;
  return multiplyDecimals(qty, sumDecimals([price, negated(averagePrice)]));
}
