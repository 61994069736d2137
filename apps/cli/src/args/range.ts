import { UsageError } from './usage-error';

const MOST_VALUES = 1_000_000;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** A decimal number, or NaN. */
export function toNumber(text: string): number {
  return NUMBER.test(text) ? Number(text) : NaN;
}

/** Values of `a`, `a:b` or `a:b:step` with b included; value i is a + i step, rounded to 12 decimals. Step 1 by default. */
export function parseRange(flag: string, text: string): Float64Array {
  const parts = text.split(':').map(toNumber);
  if (parts.length > 3 || parts.some(Number.isNaN)) {
    throw new UsageError(`${flag} must be a number or a range a:b or a:b:step, was ${text}`);
  }
  const [from, to = from, step = 1] = parts;
  if (!(step > 0)) throw new UsageError(`${flag} must have a step above 0, was ${text}`);
  if (to < from) throw new UsageError(`${flag} must be a range from low to high, was ${text}`);
  const count = Math.floor(((to - from) / step) * (1 + 1e-12) + 1e-9) + 1;
  if (count > MOST_VALUES) throw new UsageError(`${flag} must have at most ${MOST_VALUES} values, was ${count}`);
  return Float64Array.from({ length: count }, (_, i) => Number((from + i * step).toFixed(12)));
}
