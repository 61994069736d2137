import { UsageError } from '../args/usage-error';

const STEP = /([^.[\]]+)|\[(\d*)\]/g;
const PATH = /^(?:[^.[\]]+|\[\d*\])(?:\.[^.[\]]+|\[\d*\])*$/;

/**
 * The part of a JSON value at a path such as `result.top[0].params` or `items[].symbol`; `[]` goes through every item, so that there
 * may be several parts. A part that is not there is left out. @throws UsageError for what is no path
 */
export function pick(value: unknown, path: string): unknown[] {
  if (!PATH.test(path)) throw new UsageError(`--show must be a path such as result.top[0].params, was ${path}`);
  let parts = [value];
  for (const [, name, index] of path.matchAll(STEP)) {
    parts = parts.flatMap((part): unknown[] => {
      if (name === undefined && index === '') return Array.isArray(part) ? part : [];
      if (part === null || typeof part !== 'object') return [];
      const key = name ?? index!;
      return Object.hasOwn(part, key) ? [(part as Record<string, unknown>)[key]] : [];
    });
  }
  return parts;
}

/** Text as it is, anything else as JSON. */
export const shown = (part: unknown): string => (typeof part === 'string' ? part : JSON.stringify(part));
