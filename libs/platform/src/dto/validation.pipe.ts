import { type FieldProblem, invalid, invalidField, isUuid, shownText } from '@assay/primitives';
import type { ArgumentMetadata } from '@nestjs/common';
import { Injectable, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import type { Violation } from './checks';
import type { TextKind } from './field';
import { FIELD_CONSTRAINT, maxItemsOf, textKindsOf } from './field';

const MAX_SHOWN = 200;
/** Every member of a document is read and checked by itself, which takes its time. */
const MAX_MEMBERS = 10_000;
const MAX_KEYS = 1_000;
/** Names that every object knows, so that a check by name takes them for declared: no field of ours is called so. */
const OF_EVERY_OBJECT = new Set(Object.getOwnPropertyNames(Object.prototype));
const show = (value: unknown): string => {
  const text = value === undefined ? 'missing' : (JSON.stringify(value) ?? String(value));
  return shownText(text, MAX_SHOWN);
};

const isJsonObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A wrong value is shown, not sent back whole. */
function clipped(value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value !== 'string' && typeof value !== 'object') return value;
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  const shown = shownText(text, MAX_SHOWN);
  return shown === text ? value : shown;
}

/** Secrets are refused without being repeated. */
const isSecret = (field: string): boolean => /(password|secret|token|api_key|(^|\.)key)$/i.test(field);

/** @throws DomainError 422 for a field, of a map too, called as a member of every object is */
function refuseMember(key: string, field: string, value: unknown): void {
  if (!OF_EVERY_OBJECT.has(key)) return;
  throw invalidField(field, 'unknown_field', clipped(value), `${field} is not a known field, was ${show(value)}`);
}

/**
 * Refuses a list of more members than its field allows, or than any document needs, and an object with more keys, before a single one is
 * looked at; and fields called as members of every object.
 *
 * @param limits most members of the lists that `value` has as its own fields
 */
function refuseExcess(value: unknown, place: string, limits: Record<string, number> = {}): void {
  if (value === null || typeof value !== 'object') return;
  const entries = Object.entries(value);
  if (Array.isArray(value)) {
    if (typeof value[0] !== 'object') return;
  } else if (entries.length > MAX_KEYS) {
    const message = `${place || 'the body'} must have at most ${MAX_KEYS} fields, had ${entries.length}`;
    throw invalidField(place, 'max_fields', entries.length, message);
  }
  for (const [key, member] of entries) {
    const field = place === '' ? key : pathOf(place, key);
    refuseMember(key, field, member);
    if (Array.isArray(member)) {
      const most = limits[key] ?? (typeof member[0] === 'object' ? MAX_MEMBERS : Infinity);
      if (member.length > most) {
        throw invalidField(
          field,
          'max_items',
          member.length,
          `${field} must have at most ${most} items, had ${member.length}`,
        );
      }
    }
    refuseExcess(member, field);
  }
}

/** As the checks of documents name fields: `params[0].range`. */
function pathOf(parent: string, property: string): string {
  if (parent === '') return property;
  return /^\d+$/.test(property) ? `${parent}[${property}]` : `${parent}.${property}`;
}

/** A problem of a document that is itself the value of a field. */
function within(path: string, { field, rule, value, message }: FieldProblem): FieldProblem {
  const at = field === 'document' ? path : `${path}.${field}`;
  return { field: at, rule, value: clipped(value), message: at + message.slice(field.length) };
}

function problemsOf(errors: ValidationError[], parent = ''): FieldProblem[] {
  return errors.flatMap((error) => {
    const path = pathOf(parent, error.property);
    const { [FIELD_CONSTRAINT]: own, ...others } = error.constraints ?? {};
    const value: unknown = isSecret(path) ? undefined : error.value;
    const was = isSecret(path) ? '' : `, was ${show(error.value)}`;
    const found: FieldProblem[] = [];
    if (own) {
      const { rule, text, problems } = JSON.parse(own) as Violation;
      if (problems) return problems.map((problem) => within(path, problem));
      const message = rule === 'required' ? `${path} ${text}` : `${path} ${text}${was}`;
      found.push({ field: path, rule, value: clipped(value), message });
    } else if ('whitelistValidation' in others) {
      found.push({
        field: path,
        rule: 'unknown_field',
        value: clipped(value),
        message: `${path} is not a known field${was}`,
      });
    } else if (!error.children?.length) {
      const [rule = 'invalid', text = 'is not valid'] = Object.entries(others)[0] ?? [];
      found.push({ field: path, rule, value: clipped(value), message: `${path}: ${text}${was}` });
    }
    return [...found, ...(own ? [] : problemsOf(error.children ?? [], path))];
  });
}

function fromText(kind: TextKind | undefined, value: unknown): unknown {
  if (kind === 'array' && typeof value === 'string') return value.split(',');
  if (typeof value !== 'string') return value;
  if (kind === 'number' && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value)) return Number(value);
  if (kind === 'boolean' && /^(true|false)$/.test(value)) return value === 'true';
  return value;
}

/**
 * Validates bodies, queries and path parameters. Nothing is converted implicitly, except that a query string, which knows only text,
 * is read as the number, boolean or comma-separated list that its field declares.
 */
@Injectable()
export class AssayValidationPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      validationError: { target: false, value: true },
      exceptionFactory: (errors) => invalid(problemsOf(errors)),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { type, metatype, data } = metadata;
    if (type === 'param' && data !== undefined && /(^i|_i|I)d$/.test(data) && metatype === String && !isUuid(value)) {
      throw invalidField(data, 'uuid', value, `${data} must be a UUID, was ${show(value)}`);
    }
    if (type === 'body' && value !== undefined && !isJsonObject(value)) {
      throw invalidField('', 'type', value, `the body must be a JSON object, was ${show(value)}`);
    }
    const isDto = metatype !== undefined && ![String, Number, Boolean, Array, Object].includes(metatype as never);
    if (!isDto) return value;
    if (type === 'query' && typeof value === 'object' && value !== null) {
      for (const [name, text] of Object.entries(value)) refuseMember(name, name, text);
      const kinds = textKindsOf(metatype);
      const read = Object.entries(value).map(([name, text]) => [name, fromText(kinds[name], text)]);
      return super.transform(Object.fromEntries(read), metadata);
    }
    if (type === 'body') refuseExcess(value, '', maxItemsOf(metatype));
    return super.transform(value, metadata);
  }
}
