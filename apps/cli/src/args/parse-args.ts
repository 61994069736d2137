import { parseArgs as tokensOf } from 'node:util';
import type { FlagSpec } from './flag';
import { nearest } from './nearest';
import { parseRange, toNumber } from './range';
import { UsageError } from './usage-error';

/** The flags of one call, checked against their specification. */
export class Args {
  constructor(
    private readonly specs: ReadonlyMap<string, FlagSpec>,
    private readonly given: ReadonlyMap<string, string[]>,
  ) {}

  has(name: string): boolean {
    return this.given.has(name);
  }

  /** Whether the command has the flag at all. */
  takes(name: string): boolean {
    return this.specs.has(name);
  }

  on(name: string): boolean {
    return this.given.has(name);
  }

  text(name: string): string {
    return this.optional(name)!;
  }

  optional(name: string): string | undefined {
    return this.given.get(name)?.at(-1) ?? this.spec(name).default;
  }

  all(name: string): string[] {
    return this.given.get(name) ?? [];
  }

  number(name: string): number {
    return Number(this.text(name));
  }

  optionalNumber(name: string): number | undefined {
    const text = this.optional(name);
    return text === undefined ? undefined : Number(text);
  }

  range(name: string): Float64Array {
    return parseRange(`--${name}`, this.text(name));
  }

  /** A value with the flag that it was given by, or alone where its place says what it is. */
  named(name: string, value: string): string {
    return this.spec(name).positional ? value : `--${name} ${value}`;
  }

  /** One of the given flags must be there. */
  require(name: string, because: string): void {
    if (!this.has(name)) throw new UsageError(`--${name} is required ${because}`);
  }

  private spec(name: string): FlagSpec {
    return this.specs.get(name)!;
  }
}

/** Reads `--name value`, `--name=value` and switches. Everything unknown, doubled, missing or out of range is refused by name. */
export function parseArgs(specs: readonly FlagSpec[], argv: readonly string[]): Args {
  const byName = new Map(specs.map((spec) => [spec.name, spec]));
  const given = new Map<string, string[]>();
  const options = Object.fromEntries(
    specs.map(({ name, kind }) => [name, { type: kind === 'switch' ? 'boolean' : 'string' } as const]),
  );
  // Not strict: its refusals name neither the value nor what would be right, and it takes -1 for a flag.
  const { tokens } = tokensOf({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
  const [place] = specs.filter(({ positional }) => positional);
  for (const token of tokens) {
    if (token.kind === 'positional' && place && (place.repeatable || !given.has(place.name)) && token.value !== '') {
      checkValue(place, token.value);
      given.set(place.name, [...(given.get(place.name) ?? []), token.value]);
      continue;
    }
    if (token.kind !== 'option' || !token.rawName.startsWith('--'))
      throw new UsageError(`expected a flag such as --${named(specs)[0]}, was ${argv[token.index]}`);
    const { name } = token;
    const spec = byName.get(name);
    if (!spec || spec.positional) throw unknownFlag(name, named(specs));
    if (given.has(name) && !spec.repeatable) throw new UsageError(`--${name} must be given once, was given again`);
    let { value } = token;
    if (spec.kind === 'switch') {
      if (value !== undefined) throw new UsageError(`--${name} takes no value, was ${value}`);
      value = 'true';
    } else if (value === undefined || (!token.inlineValue && value.startsWith('--'))) {
      throw new UsageError(`--${name} needs a value (${spec.value ?? spec.kind})`);
    }
    checkValue(spec, value);
    given.set(name, [...(given.get(name) ?? []), value]);
  }
  const args = new Args(byName, given);
  if (given.has('help')) return args;
  for (const { name, required, positional, value, choices } of specs) {
    if (!required || given.has(name)) continue;
    const among = choices ? `: one of ${choices.join(', ')}` : '';
    throw new UsageError(`${positional ? value : `--${name}`} is required${among}`);
  }
  refuseIdle(specs, args);
  return args;
}

const named = (specs: readonly FlagSpec[]): string[] =>
  specs.filter(({ positional }) => !positional).map(({ name }) => name);

/** A flag that would change nothing is a mistake: it is refused with what does apply. */
function refuseIdle(specs: readonly FlagSpec[], args: Args): void {
  const idle = specs.filter(({ name, scope }) => args.has(name) && scope?.holds(args) === false);
  if (idle.length === 0) return;
  const lines = idle.map(({ name, scope }) => `--${name} has no effect here: ${scope!.text}`);
  const applying = specs.filter(({ scope }) => scope?.holds(args) !== false).map(({ name }) => `--${name}`);
  throw new UsageError(`${lines.join('\n')}\nhere apply ${applying.join(', ')}`);
}

function checkValue(spec: FlagSpec, value: string): void {
  const flag = spec.positional ? spec.value! : `--${spec.name}`;
  if (value === '') throw new UsageError(`${flag} must not be empty`);
  if (spec.kind === 'choice' && !spec.choices!.includes(value)) {
    throw new UsageError(`${flag} must be one of ${spec.choices!.join(', ')}, was ${value}`);
  }
  if (spec.kind === 'range') parseRange(flag, value);
  if (spec.kind !== 'number' && spec.kind !== 'integer') return;
  const number = toNumber(value);
  if (Number.isNaN(number)) throw new UsageError(`${flag} must be a number, was ${value}`);
  if (spec.kind === 'integer' && !Number.isInteger(number))
    throw new UsageError(`${flag} must be an integer, was ${value}`);
  if (spec.min !== undefined && number < spec.min)
    throw new UsageError(`${flag} must be at least ${spec.min}, was ${value}`);
  if (spec.max !== undefined && number > spec.max)
    throw new UsageError(`${flag} must be at most ${spec.max}, was ${value}`);
}

function unknownFlag(name: string, known: readonly string[]): UsageError {
  const near = nearest(name, known);
  const hint = near ? `did you mean --${near}?` : `known are ${known.map((flag) => `--${flag}`).join(', ')}`;
  return new UsageError(`--${name} is no flag of this command; ${hint}`);
}
