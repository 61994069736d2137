import { describeValue, type FieldProblem, isInstant, isUuid } from '@assay/primitives';

export interface Presence {
  required?: boolean;
}
export interface TextRules extends Presence {
  minLength?: number;
  maxLength?: number;
  pattern?: { matches: RegExp; text: string };
}
export interface NumberRules extends Presence {
  min?: number;
  max?: number;
  above?: number;
}
export interface ListRules extends Presence {
  min?: number;
  max?: number;
}

/**
 * Reads the fields of one JSON object by name, collects every problem instead of stopping at the first, and knows
 * which fields nobody asked for. A getter answers undefined when the field is absent or wrong.
 */
export class ObjectReader {
  private readonly asked = new Set<string>();

  private constructor(
    private readonly source: Record<string, unknown>,
    readonly path: string,
    readonly problems: FieldProblem[],
  ) {}

  /** Undefined, with the problem noted, when the value is no object. */
  static of(value: unknown, path: string, problems: FieldProblem[]): ObjectReader | undefined {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return new ObjectReader(value as Record<string, unknown>, path, problems);
    }
    const field = path === '' ? 'document' : path;
    problems.push({ field, rule: 'type', value, message: `${field} must be an object, was ${describeValue(value)}` });
    return undefined;
  }

  pathOf(key: string): string {
    return this.path === '' ? key : `${this.path}.${key}`;
  }

  has(key: string): boolean {
    return Object.hasOwn(this.source, key) && this.source[key] !== undefined;
  }

  /** The value as it stands; the field counts as known. */
  raw(key: string): unknown {
    this.asked.add(key);
    return this.has(key) ? this.source[key] : undefined;
  }

  fail(key: string, rule: string, must: string): undefined {
    const value = this.raw(key);
    this.problems.push({
      field: this.pathOf(key),
      rule,
      value: value === undefined ? null : value,
      message: `${this.pathOf(key)} must ${must}, was ${describeValue(value)}`,
    });
    return undefined;
  }

  text(key: string, rules: TextRules = {}): string | undefined {
    const value = this.present(key, rules);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') return this.fail(key, 'type', 'be a string');
    if (value.length < (rules.minLength ?? 0)) {
      return this.fail(key, 'min_length', `have at least ${rules.minLength} characters`);
    }
    if (value.length > (rules.maxLength ?? Infinity)) {
      return this.fail(key, 'max_length', `have at most ${rules.maxLength} characters`);
    }
    if (rules.pattern && !rules.pattern.matches.test(value)) return this.fail(key, 'pattern', rules.pattern.text);
    return value;
  }

  number(key: string, rules: NumberRules = {}): number | undefined {
    const value = this.present(key, rules);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isFinite(value)) return this.fail(key, 'type', 'be a finite number');
    if (rules.above !== undefined && !(value > rules.above)) {
      return this.fail(key, 'exclusive_minimum', `be greater than ${rules.above}`);
    }
    if (value < (rules.min ?? -Infinity)) return this.fail(key, 'minimum', `be at least ${rules.min}`);
    if (value > (rules.max ?? Infinity)) return this.fail(key, 'maximum', `be at most ${rules.max}`);
    return value;
  }

  integer(key: string, rules: NumberRules = {}): number | undefined {
    const value = this.present(key, rules);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) return this.fail(key, 'type', 'be an integer');
    return this.number(key, rules);
  }

  oneOf<T extends string>(key: string, values: readonly T[], rules: Presence = {}): T | undefined {
    const value = this.present(key, rules);
    if (value === undefined) return undefined;
    if (!(values as readonly unknown[]).includes(value))
      return this.fail(key, 'enum', `be one of ${values.join(', ')}`);
    return value as T;
  }

  uuid(key: string, rules: Presence = {}): string | undefined {
    const value = this.present(key, rules);
    if (value === undefined) return undefined;
    return isUuid(value) ? value : this.fail(key, 'format', 'be a UUID');
  }

  /** ISO-8601 instant with a zone. */
  instant(key: string, rules: Presence = {}): string | undefined {
    const value = this.present(key, rules);
    if (value === undefined) return undefined;
    return isInstant(value) ? value : this.fail(key, 'format', 'be an ISO-8601 date and time with a zone');
  }

  object(key: string, rules: Presence = {}): ObjectReader | undefined {
    const value = this.present(key, rules);
    return value === undefined ? undefined : ObjectReader.of(value, this.pathOf(key), this.problems);
  }

  /** Items that could not be read are left out; their problems are noted. */
  list<T>(key: string, rules: ListRules, read: (item: unknown, path: string) => T | undefined): T[] | undefined {
    const value = this.present(key, rules);
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) return this.fail(key, 'type', 'be an array');
    const must = `${this.pathOf(key)} must have`;
    const note = (rule: string, message: string) =>
      this.problems.push({ field: this.pathOf(key), rule, value: value.length, message });
    if (value.length < (rules.min ?? 0)) note('min_items', `${must} at least ${rules.min} items, had ${value.length}`);
    if (value.length > (rules.max ?? Infinity)) {
      note('max_items', `${must} at most ${rules.max} items, had ${value.length}`);
      return undefined;
    }
    return value
      .map((item: unknown, i) => read(item, `${this.pathOf(key)}[${i}]`))
      .filter((item) => item !== undefined);
  }

  /** Notes every field that was not asked for, by name. */
  refuseUnknown(): void {
    for (const key of Object.keys(this.source)) {
      if (this.asked.has(key) || this.source[key] === undefined) continue;
      this.problems.push({
        field: this.pathOf(key),
        rule: 'unknown_field',
        value: this.source[key],
        message: `${this.pathOf(key)} is not a known field, was ${describeValue(this.source[key])}`,
      });
    }
  }

  private present(key: string, rules: Presence): unknown {
    const value = this.raw(key);
    if (value === undefined && rules.required) {
      const field = this.pathOf(key);
      this.problems.push({
        field,
        rule: 'required',
        value: null,
        message: `${field} must be given, was ${describeValue(value)}`,
      });
    }
    return value;
  }
}
