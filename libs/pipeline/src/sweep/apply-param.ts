import type { StrategyDocument, ParamValue, UniverseDocument } from '@assay/contracts';
import { invalid } from '@assay/primitives';

/** What parameters are swept of: a strategy on one symbol, or over a universe. */
export type SweptDocument = StrategyDocument | UniverseDocument;

/**
 * A copy of the document with the scalar at a dotted path (`substrategies.0.window`, `features.1.params.column`,
 * `signal.rule_tree.groups.0.rules.0.value`) replaced by one of the same JSON type; the rest is shared with the original.
 * @throws DomainError `validation_failed` when the path leads to no scalar of the value's type.
 */
export function applyParam<D extends SweptDocument>(document: D, path: string, value: ParamValue): D {
  return replace(document, path.split('.'), value, path) as D;
}

/**
 * The scalar at a path.
 * @param wanted what the refusal says the path must lead to: `number`, `string`, `boolean`, or `scalar` for any of them.
 * @throws DomainError `validation_failed` when there is none, or one of another type.
 */
export function scalarAt(document: SweptDocument, path: string, wanted: string): ParamValue {
  let node: unknown = document;
  for (const key of path.split('.')) node = child(node, key, path, wanted);
  return requireScalar(node, path, wanted);
}

function replace(node: unknown, [key, ...rest]: string[], value: ParamValue, path: string): unknown {
  const current = child(node, key, path, typeof value);
  const next = rest.length > 0 ? replace(current, rest, value, path) : value;
  if (rest.length === 0) requireScalar(current, path, typeof value);
  if (!Array.isArray(node)) return { ...(node as object), [key!]: next };
  const copy = node.slice();
  copy[Number(key)] = next;
  return copy;
}

function child(node: unknown, key: string | undefined, path: string, wanted: string): unknown {
  const known = node !== null && typeof node === 'object' && key !== undefined && Object.hasOwn(node, key);
  // An array's own properties are its elements and its length, which is no part of the document.
  if (!known || (Array.isArray(node) && key === 'length'))
    throw noScalar(path, wanted, `but ${key} is not there${offered(node)}`);
  return (node as Record<string, unknown>)[key];
}

/** What could have been asked for instead; nothing under a scalar. */
function offered(node: unknown): string {
  if (node === null || typeof node !== 'object') return '';
  const keys = Object.keys(node);
  if (keys.length === 0) return '';
  return Array.isArray(node) ? ` (0 to ${keys.length - 1} are)` : ` (${keys.join(', ')} are)`;
}

function requireScalar(value: unknown, path: string, wanted: string): ParamValue {
  const scalar = typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
  if (scalar && (wanted === 'scalar' || typeof value === wanted)) return value;
  throw noScalar(path, wanted, `but leads to ${scalar ? `the ${typeof value} ` : ''}${JSON.stringify(value)}`);
}

function noScalar(path: string, wanted: string, why: string): Error {
  const message = `${path} must lead to a ${wanted} of the document, ${why}`;
  return invalid([{ field: 'param', rule: `${wanted}_path`, value: path, message }]);
}
