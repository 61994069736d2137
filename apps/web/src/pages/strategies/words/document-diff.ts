/** One thing that differs between two documents; absent on one side: added or taken away. */
export interface Difference {
  path: string;
  before?: string;
  after?: string;
}

/** Pins say which stored revision a part came from; what changed in it stands in the part itself. */
const LEFT_OUT = new Set(['pin', 'plugin_version']);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Items of a list by their own name, so that one put in front does not change all others. */
function keyed(items: readonly unknown[]): [string, unknown][] {
  const names = items.map((item, index) => {
    if (!isObject(item)) return typeof item === 'object' ? String(index + 1) : undefined;
    const name = item.name ?? item.id;
    return typeof name === 'string' || typeof name === 'number' ? String(name) : undefined;
  });
  const own = names.every((name) => name !== undefined) && new Set(names).size === names.length;
  return items.map((item, index) => [own ? names[index]! : String(index + 1), item]);
}

function flatten(value: unknown, path: string, into: Map<string, string>): void {
  if (Array.isArray(value) && value.some((item) => typeof item === 'object' && item !== null)) {
    for (const [key, item] of keyed(value)) flatten(item, `${path}.${key}`, into);
    return;
  }
  if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (!LEFT_OUT.has(key)) flatten(item, path === '' ? key : `${path}.${key}`, into);
    }
    return;
  }
  if (value === undefined || value === null) return;
  into.set(path, Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : JSON.stringify(value));
}

/** What differs, in the order of the newer document; what was taken away comes last. */
export function differences(before: unknown, after: unknown): Difference[] {
  const old = new Map<string, string>();
  const now = new Map<string, string>();
  flatten(before, '', old);
  flatten(after, '', now);
  const rows: Difference[] = [];
  for (const [path, value] of now) {
    if (!old.has(path)) rows.push({ path, after: value });
    else if (old.get(path) !== value) rows.push({ path, before: old.get(path)!, after: value });
  }
  for (const [path, value] of old) if (!now.has(path)) rows.push({ path, before: value });
  return rows;
}
