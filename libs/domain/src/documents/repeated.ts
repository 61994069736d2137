import type { FieldProblem } from '@assay/primitives';
import { rawFields, rawItems } from './raw-fields';

/** A problem for every item of the list `key` whose `name` another before it has, whether or not the items are right otherwise. */
export function repeated(holder: unknown, key: string, name: string): FieldProblem[] {
  const seen = new Set<unknown>();
  return rawItems(holder, key, '', Infinity).flatMap(([item, place]) => {
    const value = rawFields(item)[name];
    if (typeof value !== 'string' && typeof value !== 'number') return [];
    const field = `${place}.${name}`;
    if (seen.has(value))
      return [{ field, rule: 'unique', value, message: `${field} must be unique, ${value} is repeated` }];
    seen.add(value);
    return [];
  });
}
