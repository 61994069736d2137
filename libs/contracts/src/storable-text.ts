/** What no text column and no jsonb of PostgreSQL can hold: U+0000, and half of a surrogate pair, which UTF-8 cannot write. */
// eslint-disable-next-line no-control-regex -- U+0000 is what is looked for
const UNSTORABLE = /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const EACH = new RegExp(UNSTORABLE.source, 'g');
const REPLACEMENT = '\ufffd';

export const isStorableText = (text: string): boolean => !UNSTORABLE.test(text);

/** For texts of outside origin that must be kept whatever they are, such as an error's: what cannot be held becomes U+FFFD. */
export const storableText = (text: string): string => text.replace(EACH, REPLACEMENT);

/** The same for every text and key inside a JSON value; the value itself where there is nothing to replace. */
export const storableJson = <T>(value: T): T => (unstorableAt(value) === undefined ? value : (cleaned(value) as T));

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(cleaned);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [storableText(key), cleaned(member)]));
}

/**
 * Where a JSON value has a text or key that cannot be held (`params.name`, `rules[2].field`), else undefined. What comes from a caller is
 * refused by it, never changed.
 */
export function unstorableAt(value: unknown, place = ''): string | undefined {
  if (typeof value === 'string') return isStorableText(value) ? undefined : place;
  if (value === null || typeof value !== 'object') return undefined;
  const isArray = Array.isArray(value);
  for (const [key, member] of Object.entries(value)) {
    const inside = isArray ? `${place}[${key}]` : place === '' ? storableText(key) : `${place}.${storableText(key)}`;
    if (!isArray && !isStorableText(key)) return inside;
    const found = unstorableAt(member, inside);
    if (found !== undefined) return found;
  }
  return undefined;
}
