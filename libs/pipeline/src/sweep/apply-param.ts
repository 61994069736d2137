import type { StrategyDocument } from '@assay/contracts';
import { invalid } from '@assay/domain';

/**
 * A copy of the document with the number at a dotted path (`substrategies.0.window`, `features.1.params.window`,
 * `signal.rule_tree.groups.0.rules.0.value`) replaced; the rest is shared with the original.
 * @throws DomainError `validation_failed` when the path leads to no number.
 */
export function applyParam<D extends StrategyDocument>(document: D, path: string, value: number): D {
  return replace(document, path.split('.'), value, path) as D;
}

function replace(node: unknown, [key, ...rest]: string[], value: number, path: string): unknown {
  const known = node !== null && typeof node === 'object' && key !== undefined && Object.hasOwn(node, key);
  if (!known) throw noNumber(path, `${path} must lead to a number of the document, but ${key} is not there`);
  const current = (node as Record<string, unknown>)[key];
  let next: unknown;
  if (rest.length > 0) next = replace(current, rest, value, path);
  else if (typeof current === 'number') next = value;
  else throw noNumber(path, `${path} must lead to a number of the document, was ${JSON.stringify(current)}`);
  if (!Array.isArray(node)) return { ...(node as object), [key]: next };
  const copy = node.slice();
  copy[Number(key)] = next;
  return copy;
}

function noNumber(path: string, message: string): Error {
  return invalid([{ field: 'param', rule: 'number_path', value: path, message }]);
}
