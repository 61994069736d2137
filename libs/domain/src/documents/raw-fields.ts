/** The fields of a value that may be anything: none where it is no object. */
export const rawFields = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** The items of the list `key` of `holder` at path `at`, each with its place; none where it is no list or longer than `most`. */
export function rawItems(holder: unknown, key: string, at: string, most: number): [unknown, string][] {
  const items = rawFields(holder)[key];
  if (!Array.isArray(items) || items.length > most) return [];
  const list = at === '' ? key : `${at}.${key}`;
  return items.map((item: unknown, i) => [item, `${list}[${i}]`]);
}
