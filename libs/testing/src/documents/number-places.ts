import { readFileSync } from 'node:fs';

interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  const?: unknown;
  enum?: unknown[];
  pattern?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
}

interface OpenApi {
  paths: Record<string, Record<string, { requestBody?: { content?: Record<string, { schema?: Schema }> } }>>;
  components?: { schemas?: Record<string, Schema> };
}

/** A number somewhere in the JSON body of a request. */
export interface NumberPlace {
  readonly method: string;
  /** As the document has it, `{id}` and all. */
  readonly path: string;
  /** As a refusal names it: `costs.tiers.levels[0].from`. */
  readonly field: string;
  /** Any text is as good there. */
  readonly takesText: boolean;
  /** JSON text of a body that has nothing but this number, itself given as text, and the kinds of what it lies in. */
  bodyWith(number: string): string;
}

/** A member with the tags beside it, or the first item of a list. */
type Step = { readonly name: string; readonly tags: Readonly<Record<string, unknown>> } | 0;
const DEEPEST = 8;

/** Every place of an OpenAPI document's request bodies that takes a number, whole, decimal or as text. */
export function numberPlaces(file: string): NumberPlace[] {
  const { paths, components } = JSON.parse(readFileSync(file, 'utf8')) as OpenApi;
  const resolved = (schema: Schema): Schema =>
    schema.$ref === undefined ? schema : components!.schemas![schema.$ref.split('/').at(-1)!]!;
  function* within(given: Schema, steps: readonly Step[], takesText = false): Generator<[readonly Step[], boolean]> {
    if (steps.length > DEEPEST) return;
    const schema = resolved(given);
    if (isNumber(schema)) yield [steps, takesText];
    const members = Object.entries(schema.properties ?? {});
    const tags = Object.fromEntries(
      members.flatMap(([name, { const: tag }]) => (tag === undefined ? [] : [[name, tag]])),
    );
    for (const [name, member] of members) yield* within(member, [...steps, { name, tags }]);
    if (schema.items) yield* within(schema.items, [...steps, 0]);
    const parts = [schema.oneOf, schema.anyOf, schema.allOf].flatMap((some) => some ?? []);
    const orText = parts.some((part) => isFreeText(resolved(part)));
    for (const part of parts) yield* within(part, steps, orText);
  }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { requestBody }]) => {
      const schema = requestBody?.content?.['application/json']?.schema;
      const places = new Map([...within(schema ?? {}, [])].map((found) => [fieldOf(found[0]), found]));
      return [...places].map(([field, [steps, takesText]]) => ({
        ...{ method: method.toUpperCase(), path, field, takesText },
        bodyWith: (number: string) => steps.reduceRight(around, number),
      }));
    }),
  );
}

const isNumber = ({ type, format }: Schema): boolean =>
  format === 'decimal' || [type].flat().some((one) => one === 'number' || one === 'integer');

const isFreeText = ({ type, format, pattern, enum: words, const: word }: Schema): boolean =>
  type === 'string' && format !== 'decimal' && pattern === undefined && words === undefined && word === undefined;

function around(inner: string, step: Step): string {
  if (step === 0) return `[${inner}]`;
  const { [step.name]: _, ...tags } = step.tags;
  const beside = Object.entries(tags).map(([name, tag]) => `${JSON.stringify(name)}:${JSON.stringify(tag)},`);
  return `{${beside.join('')}${JSON.stringify(step.name)}:${inner}}`;
}

const fieldOf = (steps: readonly Step[]): string =>
  steps.reduce<string>((at, step) => {
    if (step === 0) return `${at}[0]`;
    return at === '' ? step.name : `${at}.${step.name}`;
  }, '');
