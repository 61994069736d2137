import { numberOfText, type DecimalMark } from './number-text';

export const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
/** So many digits are an integer below 2^53. */
export const DIGITS = 15;
export const POINT = 46;
export const COMMA = 44;

/**
 * The decimal number in bytes [from, to), correctly rounded like `Number(text)`; NaN when it is empty or no decimal
 * number. Grouped thousands and the units K, M, B, T are read too.
 */
export function numberOf(bytes: Uint8Array, from: number, to: number, mark: DecimalMark = 'point'): number {
  const number = shortNumber(bytes, from, to, mark === 'point' ? POINT : COMMA);
  return Number.isNaN(number) ? numberOfText(textOf(bytes, from, to), mark) : number;
}

/** Up to 15 digits take Clinger's exact path: an integer below 2^53 divided by an exact power of ten. NaN for all else. */
export function shortNumber(bytes: Uint8Array, from: number, to: number, decimal: number): number {
  let at = from;
  const negative = bytes[at] === 45;
  if (negative || bytes[at] === 43) at += 1;
  let mantissa = 0;
  let digits = 0;
  let decimals = -1;
  for (; at < to; at += 1) {
    const digit = bytes[at] - 48;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits += 1;
      if (decimals >= 0) decimals += 1;
    } else if (bytes[at] === decimal && decimals < 0) decimals = 0;
    else return NaN;
  }
  if (digits === 0 || digits > DIGITS) return NaN;
  const value = decimals > 0 ? mantissa / POWERS_OF_TEN[decimals] : mantissa;
  return negative ? -value : value;
}

export function textOf(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8');
}
