import { invalid, type FieldProblem } from '@assay/primitives';
import type { z as zod, ZodType } from 'zod';
import { MAX_JSON_DEPTH } from '../json-text';
import { fieldOf, problemsOf, type Path } from './problems-of';
import { unknownField } from './rules';

export type Zod = typeof zod;
export type JsonSchema = Record<string, unknown>;

/** A right document, or everything that is wrong with it. */
export type Reading<T> = { document: T; problems: [] } | { document: undefined; problems: FieldProblem[] };

let loaded: Zod | undefined;

/** Loaded when the first document is read or published: a command that reads none does not pay for it. */
function loadZod(): Zod {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a reader answers at once, so it cannot await an import
  loaded ??= (require('zod') as typeof import('zod')).z;
  return loaded;
}

/** One document on the wire: its schema is the one place that says what it is, and all else derives from it. */
export class WireDocument<S extends ZodType> {
  private made: S | undefined;

  /** @param id of the published JSON Schema, such as `urn:assay:schema:deployment:v1` */
  constructor(
    private readonly id: string,
    private readonly make: (z: Zod) => S,
  ) {}

  /** Every problem at once, each with field, rule and value; defaults filled in where the document is right. */
  read(input: unknown): Reading<zod.output<S>> {
    const { stated, unknown, isTooDeep } = statedIn(input);
    const read = this.schema.safeParse(stated, { reportInput: true });
    if (!read.success) return { document: undefined, problems: [...problemsOf(read.error.issues, stated), ...unknown] };
    const problems = isTooDeep ? [TOO_DEEP, ...unknown] : unknown;
    return problems.length > 0 ? { document: undefined, problems } : { document: read.data, problems: [] };
  }

  /** @throws DomainError `validation_failed` with every problem */
  parse(input: unknown): zod.output<S> {
    const { document, problems } = this.read(input);
    if (problems.length > 0) throw invalid(problems);
    return document as zod.output<S>;
  }

  /** JSON Schema (2020-12) of what `read` accepts. */
  jsonSchema(): JsonSchema {
    return { ...loadZod().toJSONSchema(this.schema, { io: 'input' }), $id: this.id };
  }

  private get schema(): S {
    this.made ??= this.make(loadZod());
    return this.made;
  }
}

const TOO_DEEP: FieldProblem = {
  field: 'document',
  rule: 'max_depth',
  value: null,
  message: `document must be nested at most ${MAX_JSON_DEPTH} deep, was deeper`,
};

/** A field that readers of records leave out without a word. */
const PROTO = '__proto__';

/** As JSON has it: without the fields that are undefined, and without what no reader reads, which is told. */
function statedIn(input: unknown): { stated: unknown; unknown: FieldProblem[]; isTooDeep: boolean } {
  // most documents come from JSON and need no copy, which costs more than reading them
  if (isStated(input, 1)) return { stated: input, unknown: [], isTooDeep: false };
  const unknown: FieldProblem[] = [];
  let isTooDeep = false;
  const copy = (value: unknown, path: Path): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (path.length >= MAX_JSON_DEPTH) {
      isTooDeep = true;
      return null;
    }
    if (Array.isArray(value)) return value.map((member, i) => copy(member, [...path, i]));
    const stated = Object.entries(value).filter(([key, member]) => {
      if (key === PROTO) unknown.push(unknownField(fieldOf([...path, key]), member));
      return member !== undefined && key !== PROTO;
    });
    return Object.fromEntries(stated.map(([key, member]) => [key, copy(member, [...path, key])]));
  };
  return { stated: copy(input, []), unknown, isTooDeep };
}

function isStated(value: unknown, level: number): boolean {
  if (typeof value !== 'object' || value === null) return value !== undefined;
  if (level > MAX_JSON_DEPTH) return false;
  if (Array.isArray(value)) return value.every((member) => isStated(member, level + 1));
  return !Object.hasOwn(value, PROTO) && Object.values(value).every((member) => isStated(member, level + 1));
}

/** What `read` gives for a right document. */
export type DocumentOf<D> = D extends WireDocument<infer S> ? zod.output<S> : never;

/** What a schema that is stated as a function of zod says: the type of a document's part. */
export type Stated<F extends (z: Zod) => ZodType> = zod.output<ReturnType<F>>;
