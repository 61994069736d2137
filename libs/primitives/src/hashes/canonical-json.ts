import canonicalize from 'canonicalize';

/**
 * RFC 8785 text of a JSON value; members whose value is undefined are left out.
 * @throws Error on NaN and infinite numbers, which JSON cannot carry.
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('only JSON values have a canonical form');
  return text;
}
