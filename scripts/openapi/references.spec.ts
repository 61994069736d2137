import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const SERVICES = ['research', 'trade', 'portfolio'];

/** Every `$ref` below `value`, in document order. */
function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === '$ref' ? [inner as string] : references(inner)));
}

function follow(document: unknown, reference: string): unknown {
  const keys = reference.replace(/^#\//, '').split('/');
  return keys.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
}

it.each(SERVICES)('every reference of the %s document leads to a schema', (service) => {
  const path = join(__dirname, '..', '..', 'docs', 'openapi', `${service}.json`);
  const document: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const found = references(document);
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter((reference) => follow(document, reference) === undefined)).toEqual([]);
});
