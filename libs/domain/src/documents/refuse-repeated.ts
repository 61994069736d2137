import type { ObjectReader } from './object-reader';

/** Notes every item of the list at `key` whose `name` another before it has, whether or not the items are right otherwise. */
export function refuseRepeated(reader: ObjectReader, key: string, name: string): void {
  const items = reader.raw(key);
  if (!Array.isArray(items)) return;
  const seen = new Set<unknown>();
  items.forEach((item: unknown, i) => {
    const value = (item as Record<string, unknown> | null)?.[name];
    if (typeof value !== 'string' && typeof value !== 'number') return;
    const field = `${reader.pathOf(key)}[${i}].${name}`;
    const message = `${field} must be unique, ${value} is repeated`;
    if (seen.has(value)) reader.problems.push({ field, rule: 'unique', value, message });
    seen.add(value);
  });
}
