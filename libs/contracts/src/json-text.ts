import { unstorableAt } from './storable-text';

/** Deeper than any document of ours, and far from what a recursive reader can take. */
export const MAX_JSON_DEPTH = 64;

/** `malformed`: no JSON of ours at all. `unstorable`, `forbidden_key`: JSON with one place that is refused. */
export type JsonText =
  | { kind: 'value'; value: unknown }
  | { kind: 'malformed'; detail: string }
  | { kind: 'unstorable' | 'forbidden_key'; field: string };

const [QUOTE, BACKSLASH, SMALL_U] = [0x22, 0x5c, 0x75];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const FORBIDDEN_KEY = '__proto__';

/** How deep the brackets go, up to one beyond `limit`, and whether a text has a `\u` escape. Needs no recursion and builds nothing. */
function shapeOf(bytes: Uint8Array, limit: number): { depth: number; escapes: boolean } {
  let [depth, deepest, inText, escapes] = [0, 0, false, false];
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i];
    if (inText) {
      if (byte === BACKSLASH) {
        i += 1;
        if (bytes[i] === SMALL_U) escapes = true;
      } else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      depth += 1;
      if (depth > deepest) deepest = depth;
      if (deepest > limit) break;
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth -= 1;
  }
  return { depth: deepest, escapes };
}

/**
 * Reads JSON that comes from outside: UTF-8, nested at most `MAX_JSON_DEPTH` deep, with texts that can be stored, and without the key that
 * would change an object's prototype. The depth is judged before anything is built, because what comes after it may recurse.
 */
export function readJsonText(bytes: Uint8Array): JsonText {
  const { depth, escapes } = shapeOf(bytes, MAX_JSON_DEPTH);
  if (depth > MAX_JSON_DEPTH) {
    return { kind: 'malformed', detail: `JSON must be nested at most ${MAX_JSON_DEPTH} deep, was deeper` };
  }
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { kind: 'malformed', detail: 'JSON must be UTF-8, was not' };
  }
  try {
    value = JSON.parse(text) as unknown;
  } catch (error) {
    return { kind: 'malformed', detail: `the text must be JSON: ${(error as Error).message}` };
  }
  const place = escapes ? unstorableAt(value) : undefined;
  if (place !== undefined) return { kind: 'unstorable', field: place };
  const key = escapes || text.includes(FORBIDDEN_KEY) ? forbiddenKeyAt(value) : undefined;
  if (key !== undefined) return { kind: 'forbidden_key', field: key };
  return { kind: 'value', value };
}

function forbiddenKeyAt(value: unknown, place = ''): string | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  for (const [key, member] of Object.entries(value)) {
    const inside = Array.isArray(value) ? `${place}[${key}]` : place === '' ? key : `${place}.${key}`;
    const found = key === FORBIDDEN_KEY ? inside : forbiddenKeyAt(member, inside);
    if (found !== undefined) return found;
  }
  return undefined;
}
