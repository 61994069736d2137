const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** A decimal as text, rounded half away from zero to `places` digits after the point; exact, whatever its length. Not a decimal: as it is. */
export function roundDecimal(text: string, places: number): string {
  const match = DECIMAL.exec(text);
  if (!match) return text;
  const [, sign = '', whole = '0', fraction = ''] = match;
  const kept = fraction.slice(0, places).padEnd(places, '0');
  const up = (fraction[places] ?? '0') >= '5' ? 1n : 0n;
  const scaled = (BigInt(whole + kept) + up).toString().padStart(places + 1, '0');
  const head = scaled.slice(0, scaled.length - places);
  const tail = places > 0 ? `.${scaled.slice(scaled.length - places)}` : '';
  const zero = /^0*$/.test(head + tail.slice(1));
  return `${zero ? '' : sign}${head}${tail}`;
}

/** Digits of the whole part in groups of three: `-1234567.5` is `-1,234,567.5`. */
export function groupDigits(text: string): string {
  const match = DECIMAL.exec(text);
  if (!match) return text;
  const [, sign = '', whole = '0', fraction] = match;
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${sign}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** Without zeros at the end of the fraction. */
export const trimZeros = (text: string): string =>
  text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;

/** -1, 0 or 1. */
export function signOf(text: string): -1 | 0 | 1 {
  const match = DECIMAL.exec(text);
  if (!match || /^0*$/.test((match[2] ?? '') + (match[3] ?? ''))) return 0;
  return match[1] === '-' ? -1 : 1;
}

/** Exact sum of decimals. @throws RangeError on text that is no decimal */
export function sumDecimals(texts: readonly string[]): string {
  const places = Math.max(0, ...texts.map((text) => DECIMAL.exec(text)?.[3]?.length ?? 0));
  let total = 0n;
  for (const text of texts) {
    const match = DECIMAL.exec(text);
    if (!match) throw new RangeError(`not a decimal: ${text}`);
    const digits = BigInt((match[2] ?? '') + (match[3] ?? '').padEnd(places, '0'));
    total += match[1] === '-' ? -digits : digits;
  }
  const sign = total < 0n ? '-' : '';
  const scaled = (total < 0n ? -total : total).toString().padStart(places + 1, '0');
  return `${sign}${scaled.slice(0, scaled.length - places)}${places > 0 ? `.${scaled.slice(scaled.length - places)}` : ''}`;
}
