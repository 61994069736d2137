import { isStorableText, storableText } from './storable-text';

/** Deeper than any document of ours, and far from what a recursive reader can take. */
export const MAX_JSON_DEPTH = 64;

/** A text that cannot be stored, a key that would change an object's prototype, a number that is none once it is read. */
export type JsonFault = 'unstorable' | 'forbidden_key' | 'infinite';

/** `malformed`: no JSON of ours at all; a fault is of one place. */
export type JsonText =
  { kind: 'value'; value: unknown } | { kind: 'malformed'; detail: string } | { kind: JsonFault; field: string };

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

/** Whether the brackets of a JSON text go deeper than `MAX_JSON_DEPTH`. */
export const isNestedTooDeep = (bytes: Uint8Array): boolean => shapeOf(bytes, MAX_JSON_DEPTH).depth > MAX_JSON_DEPTH;

/**
 * Reads JSON that comes from outside: UTF-8, nested at most `MAX_JSON_DEPTH` deep, with texts that can be stored, numbers that a double
 * holds, and without the key that would change an object's prototype. The depth is judged before anything is built, because what comes
 * after it may recurse.
 */
export function readJsonText(bytes: Uint8Array): JsonText {
  const { depth, escapes } = shapeOf(bytes, MAX_JSON_DEPTH);
  if (depth > MAX_JSON_DEPTH) {
    return { kind: 'malformed', detail: `JSON must be nested at most ${MAX_JSON_DEPTH} deep, was deeper` };
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (error) {
    const detail =
      error instanceof SyntaxError ? `the text must be JSON: ${error.message}` : 'JSON must be UTF-8, was not';
    return { kind: 'malformed', detail };
  }
  // Without an escape a text holds what UTF-8 can hold.
  return faultIn(value, escapes) ?? { kind: 'value', value };
}

function faultIn(value: unknown, escapes: boolean, place = ''): { kind: JsonFault; field: string } | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : { kind: 'infinite', field: place };
  if (typeof value === 'string')
    return escapes && !isStorableText(value) ? { kind: 'unstorable', field: place } : undefined;
  if (value === null || typeof value !== 'object') return undefined;
  const isList = Array.isArray(value);
  for (const [key, member] of Object.entries(value)) {
    const inside = isList ? `${place}[${key}]` : place === '' ? key : `${place}.${key}`;
    if (!isList && key === FORBIDDEN_KEY) return { kind: 'forbidden_key', field: inside };
    if (!isList && escapes && !isStorableText(key)) return { kind: 'unstorable', field: storableText(inside) };
    const found = faultIn(member, escapes, inside);
    if (found) return found;
  }
  return undefined;
}
