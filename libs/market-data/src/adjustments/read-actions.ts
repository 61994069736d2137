import { invalidField, shownText } from '@assay/primitives';
import { checkActions, type ActionClaim } from './check-actions';
import type { StatedAction } from './corporate-action';

const MOST_ACTIONS = 10_000;
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const DATE_NAMES = ['date', 'ex_date'];
const NAMES = [...DATE_NAMES, 'kind', 'value', 'available_at'];
const FORM = 'a header date,kind,value (available_at if wanted) and a line an action, or a JSON array of such objects';

/**
 * Corporate actions of a small file: CSV with the columns date (or ex_date), kind (`split` or `dividend`), value and, where
 * it is known, available_at, in any order; or a JSON array of objects with these members.
 * @throws DomainError `validation_failed` that names line (or place in the array), column, rule and value
 */
export function readActions(text: string): StatedAction[] {
  const plain = text.replace(/^\uFEFF/, '');
  const claims = /^\s*[[{]/.test(plain) ? claimsOfJson(plain) : claimsOfCsv(plain);
  if (claims.length === 0 || claims.length > MOST_ACTIONS) {
    const message = `content must hold 1 to ${MOST_ACTIONS} actions, was ${claims.length}`;
    throw invalidField('content', 'rows', claims.length, message);
  }
  return checkActions(claims);
}

function claimsOfCsv(text: string): ActionClaim[] {
  const [header, ...lines] = text.split(/\r?\n/).map((line) => line.split(',').map((cell) => cell.trim()));
  const names = header.map((name) => name.toLowerCase());
  requireNames(names);
  const dateName = names.find((name) => DATE_NAMES.includes(name))!;
  return lines.flatMap((cells, i) => {
    if (cells.every((cell) => cell === '')) return [];
    const field = `lines[${i + 2}]`;
    if (cells.length !== names.length) {
      const message = `${field} must have ${names.length} cells as the header has, was ${cells.length}`;
      throw invalidField(field, 'cells', cells.length, message);
    }
    const cell = (name: string): string | null => cells[names.indexOf(name)] || null;
    const value = cell('value');
    return {
      ...{ field, dateName, exDate: cell(dateName), kind: cell('kind'), availableAt: cell('available_at') },
      value: value !== null && NUMBER.test(value) ? Number(value) : value,
    };
  });
}

function claimsOfJson(text: string): ActionClaim[] {
  const items = arrayOf(text);
  return items.map((item, i) => {
    const field = `actions[${i}]`;
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      throw invalidField(
        field,
        'object',
        item,
        `${field} must be an object, was ${shownText(JSON.stringify(item), 80)}`,
      );
    }
    requireNames(Object.keys(item), field);
    const members = item as Record<string, unknown>;
    const dateName = DATE_NAMES.find((name) => name in members)!;
    const { kind, value, available_at: availableAt = null } = members;
    return { field, dateName, exDate: members[dateName], kind, value, availableAt };
  });
}

function arrayOf(text: string): unknown[] {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    throw invalidField('content', 'json', null, `content must be ${FORM}: ${(error as Error).message}`);
  }
  if (Array.isArray(read)) return read;
  throw invalidField('content', 'array', null, `content must be ${FORM}, was no array`);
}

function requireNames(names: readonly string[], field = 'header'): void {
  const was = shownText(names.join(','), 120);
  const has = (wanted: string[]): boolean => wanted.filter((name) => names.includes(name)).length === 1;
  const lacks = [DATE_NAMES, ['kind'], ['value']].find((wanted) => !has(wanted));
  if (lacks) {
    const message = `${field} must have ${lacks.length > 1 ? 'one of ' : ''}${lacks.join(', ')}: give ${FORM}; was ${was}`;
    throw invalidField(`${field}.${lacks[0]}`, 'required', was, message);
  }
  const unknown = names.find((name, i) => !NAMES.includes(name) || names.indexOf(name) !== i);
  if (unknown === undefined) return;
  const message = `${field} must have each of ${NAMES.join(', ')} at most once and no other, was ${was}`;
  throw invalidField(`${field}.${unknown}`, 'unknown_field', unknown, message);
}
