import type { ApiDocuments, Schema } from './api-documents';
import type { Random } from './random';

/** JSON text that is written as it is: what `JSON.stringify` cannot say. */
export class Verbatim {
  constructor(readonly text: string) {}
}

const nested = (depth: number, open: string, close: string): string => open.repeat(depth) + '1' + close.repeat(depth);

/** Values that some reader, column or library somewhere takes badly. */
const HOSTILE: readonly ((random: Random) => unknown)[] = [
  () => null,
  () => true,
  () => '',
  () => ' ',
  () => 0,
  () => -1,
  () => 0.1,
  () => 2_147_483_648,
  () => -2_147_483_649,
  () => Number.MAX_SAFE_INTEGER,
  () => new Verbatim('9007199254740993'),
  () => new Verbatim('1e400'),
  () => new Verbatim('-0'),
  () => new Verbatim('1E-320'),
  () => new Verbatim('9'.repeat(400)),
  () => new Verbatim('"\\ud800"'),
  () => new Verbatim('"\\udc00x"'),
  () => new Verbatim('"a\\u0000b"'),
  () => new Verbatim('{"__proto__":{"admin":true}}'),
  () => new Verbatim(nested(70, '[', ']')),
  () => new Verbatim(nested(60, '{"a":', '}')),
  () => new Verbatim(nested(5_000, '[', ']')),
  () => 'NaN',
  () => '1e5',
  () => '9'.repeat(100),
  () => '-1',
  () => '0000-01-01',
  () => '2024-02-30',
  () => '9999-12-31T23:59:59.999Z',
  () => '2024-01-01T00:00:00+99:99',
  () => "'; DROP TABLE ops.job; --",
  () => '../../../../etc/passwd',
  () => '${jndi:ldap://x}',
  () => '\u202eright to left \ud83d\ude80',
  () => 'x'.repeat(300),
  () => 'x'.repeat(20_000),
  () => 'constructor',
  () => 'toString',
  () => [],
  () => {},
  () => ({}),
  () => [null],
  () => Array.from({ length: 2_000 }, () => ({})),
  () => Array.from({ length: 300 }, (_, i) => i),
  () => ({ length: -1, toJSON: 'x', constructor: {}, hasOwnProperty: 1 }),
  (random) => random.uuid(),
  (random) => random.uuid().toUpperCase(),
];

export const hostile = (random: Random): unknown => random.pick(HOSTILE)(random);

/** Ids that exist, by the name of the field or parameter that takes one. */
export type KnownIds = (name: string, random: Random) => string | undefined;

export class Values {
  constructor(
    private readonly documents: ApiDocuments,
    private readonly known: KnownIds,
    private readonly random: Random,
  ) {}

  /** A value that the schema allows, as far as a schema can say. */
  of(service: string, given: Schema | undefined, name: string, depth = 0): unknown {
    const { random } = this;
    const schema = given ? this.documents.resolve(service, given) : {};
    if (schema.nullable && random.chance(0.1)) return null;
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return random.pick(schema.enum);
    const known = schema.type === undefined || schema.type === 'string' ? this.known(name, random) : undefined;
    if (known !== undefined && random.chance(0.9)) return known;
    if (schema.example !== undefined && random.chance(0.6)) return schema.example;
    // beside properties the alternatives say which of them go together
    const choice = schema.properties ? undefined : (schema.oneOf ?? schema.anyOf);
    if (choice) return this.of(service, random.pick(choice), name, depth);
    if (schema.allOf) {
      const parts = schema.allOf.filter((part) => part.$ref ?? part.properties);
      const built = parts.map((part) => this.of(service, part, name, depth));
      if (parts.length > 0 && !schema.properties) return Object.assign({}, ...built);
    }
    switch ([schema.type].flat()[0]) {
      case 'object':
        return this.object(service, schema, depth);
      case 'array': {
        const least = schema.minItems ?? 0;
        const count = depth > 4 ? least : least + random.below(3);
        return Array.from({ length: Math.min(count, schema.maxItems ?? count) }, () =>
          this.of(service, schema.items, name, depth + 1),
        );
      }
      case 'integer':
        return this.number(schema, 0);
      case 'number':
        return this.number(schema, 3);
      case 'boolean':
        return random.chance(0.5);
      case 'string':
        return this.text(schema);
      default:
        return schema.properties ? this.object(service, schema, depth) : `${name}-${random.hex(4)}`;
    }
  }

  private object(service: string, schema: Schema, depth: number): Record<string, unknown> {
    const { random } = this;
    const required = new Set(schema.required ?? []);
    const entries = Object.entries(schema.properties ?? {}).filter(
      ([name]) => required.has(name) || (depth < 5 && random.chance(0.4)),
    );
    return Object.fromEntries(entries.map(([name, member]) => [name, this.of(service, member, name, depth + 1)]));
  }

  private number({ minimum = 0, maximum = minimum + 300 }: Schema, digits: number): number {
    const { random } = this;
    if (random.chance(0.1)) return minimum;
    if (random.chance(0.1)) return maximum;
    return Number((minimum + random.next() * (Math.min(maximum, minimum + 1_000) - minimum)).toFixed(digits));
  }

  private text({ format, minLength = 1, maxLength = 40 }: Schema): string {
    const { random } = this;
    if (format === 'uuid') return random.uuid();
    if (format === 'date') return `20${10 + random.below(15)}-0${1 + random.below(9)}-${10 + random.below(18)}`;
    if (format === 'date-time')
      return `20${10 + random.below(15)}-0${1 + random.below(9)}-1${random.below(9)}T00:00:00Z`;
    if (format === 'decimal') return String(random.below(10_000) / 100);
    const length = Math.min(maxLength, Math.max(minLength, 1 + random.below(12)));
    return random.hex(length);
  }
}

/** Changes one place of a document: takes it away, adds to it, or puts something hostile there. */
export function mutated(value: unknown, random: Random): unknown {
  if (value === null || typeof value !== 'object' || value instanceof Verbatim || random.chance(0.1))
    return hostile(random);
  const entries = Object.entries(value);
  if (entries.length === 0)
    return { [random.pick(['x', '__proto__x', 'constructor', 'version', 'id', ''])]: hostile(random) };
  const [key, member] = random.pick(entries);
  const rest = entries.filter(([name]) => name !== key);
  const built = (changed: [string, unknown][]): unknown =>
    Array.isArray(value) ? changed.map(([, one]) => one) : Object.fromEntries(changed);
  switch (random.below(6)) {
    case 0:
      return built(rest);
    case 1:
      return built([...entries, [random.pick(['unknown', '__proto__x', 'toString', 'ä\u202e']), hostile(random)]]);
    case 2:
    case 3:
      return built(entries.map(([name, one]) => [name, name === key ? hostile(random) : one]));
    default:
      return built(entries.map(([name, one]) => [name, name === key ? mutated(member, random) : one]));
  }
}

/** JSON text of a value that may have verbatim places. */
export function textOf(value: unknown): string {
  if (value instanceof Verbatim) return value.text;
  if (value === undefined) return 'null';
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`;
  return `{${Object.entries(value)
    .map(([key, member]) => `${JSON.stringify(key)}:${textOf(member)}`)
    .join(',')}}`;
}
