import { deploymentDocument, eventDocument, EVENT_SUBJECTS, jobDocuments, resultsDocument } from '../index';
import { choice } from './choice';
import { must } from './must';
import { instant, integer, positiveAmount, uuid } from './texts';
import { WireDocument } from './wire-document';

let loads = 0;
jest.mock('zod', () => {
  loads += 1;
  return jest.requireActual<object>('zod');
});

describe('zod', () => {
  it('is loaded by the first document that is read, not by stating one', () => {
    const documents = [deploymentDocument(), resultsDocument, eventDocument(EVENT_SUBJECTS['order.placed'])];
    const { payload } = jobDocuments('backtest.sweep');
    expect(loads).toBe(0);
    for (const document of documents) expect(document.read({}).problems).not.toEqual([]);
    expect(() => payload.parse({})).toThrow('must be given');
    expect(loads).toBe(1);
  });
});

describe('a document that is refused', () => {
  const document = new WireDocument('urn:assay:schema:test:v1', (z) =>
    z.strictObject({
      id: uuid(z),
      name: z.string().min(2).max(4),
      code: z
        .string()
        .min(1)
        .regex(/^[A-Z]+$/, must('pattern', 'be in capital letters'))
        .optional(),
      window: integer(z).min(2).max(10),
      share: z.number().gt(0).max(1),
      on: z.boolean(),
      mode: z.enum(['a', 'b']),
      amount: positiveAmount(z).optional(),
      items: z
        .array(z.strictObject({ at: z.number() }))
        .min(1)
        .max(2),
      sizing: z
        .discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('fixed') }),
          z.strictObject({ kind: z.literal('target'), annual: z.number() }),
        ])
        .optional(),
    }),
  );
  const right = {
    id: '018f0000-0000-7000-8000-000000000001',
    name: 'abc',
    window: 5,
    share: 0.5,
    on: true,
    mode: 'a',
    items: [{ at: 1 }],
  };
  const refused = (change: object) =>
    document
      .read({ ...right, ...change })
      .problems.map(({ field, rule, value, message }) => [field, rule, value, message]);

  it.each<[object, string, string, unknown, string]>([
    [{ id: '1' }, 'id', 'format', '1', 'id must be a UUID, was "1"'],
    [{ id: undefined }, 'id', 'required', null, 'id must be given, was missing'],
    [{ id: null }, 'id', 'format', null, 'id must be a UUID, was null'],
    [{ name: 1 }, 'name', 'type', 1, 'name must be a string, was 1'],
    [{ name: 'a' }, 'name', 'min_length', 'a', 'name must have at least 2 characters, was "a"'],
    [{ name: 'abcde' }, 'name', 'max_length', 'abcde', 'name must have at most 4 characters, was "abcde"'],
    [{ code: '' }, 'code', 'min_length', '', 'code must have at least 1 characters, was ""'],
    [{ code: 'a' }, 'code', 'pattern', 'a', 'code must be in capital letters, was "a"'],
    [{ window: 1 }, 'window', 'minimum', 1, 'window must be at least 2, was 1'],
    [{ window: 11 }, 'window', 'maximum', 11, 'window must be at most 10, was 11'],
    [{ window: 2.5 }, 'window', 'type', 2.5, 'window must be an integer, was 2.5'],
    [{ window: '5' }, 'window', 'type', '5', 'window must be an integer, was "5"'],
    [{ window: -(2 ** 60) }, 'window', 'type', -(2 ** 60), `window must be an integer, was ${-(2 ** 60)}`],
    [{ share: 0 }, 'share', 'exclusive_minimum', 0, 'share must be greater than 0, was 0'],
    [{ share: Infinity }, 'share', 'type', Infinity, 'share must be a finite number, was Infinity'],
    [{ on: 'yes' }, 'on', 'type', 'yes', 'on must be true or false, was "yes"'],
    [{ mode: 'c' }, 'mode', 'enum', 'c', 'mode must be one of a, b, was "c"'],
    [{ amount: '0.0' }, 'amount', 'exclusive_minimum', '0.0', 'amount must be greater than 0, was "0.0"'],
    [{ amount: -1 }, 'amount', 'exclusive_minimum', -1, 'amount must be greater than 0, was -1'],
    [{ amount: 'x' }, 'amount', 'type', 'x', 'amount must be a number or a decimal string, was "x"'],
    [{ amount: [] }, 'amount', 'type', [], 'amount must be a number or a decimal string, was []'],
    [{ items: {} }, 'items', 'type', {}, 'items must be an array, was {}'],
    [{ items: [] }, 'items', 'min_items', 0, 'items must have at least 1 items, had 0'],
    [{ items: [1, 2, 3] }, 'items', 'max_items', 3, 'items must have at most 2 items, had 3'],
    [{ items: [{ at: 1 }, 5] }, 'items[1]', 'type', 5, 'items[1] must be an object, was 5'],
    [{ items: [{ at: 'x' }] }, 'items[0].at', 'type', 'x', 'items[0].at must be a finite number, was "x"'],
    [{ sizing: { kind: 'x' } }, 'sizing.kind', 'enum', 'x', 'sizing.kind must be one of fixed, target, was "x"'],
    [{ sizing: {} }, 'sizing.kind', 'required', null, 'sizing.kind must be given, was missing'],
    [{ sizing: { kind: 'fixed', cap: 1 } }, 'sizing.cap', 'unknown_field', 1, 'sizing.cap is not a known field, was 1'],
  ])('%j: %s breaks %s', (change, field, rule, value, message) => {
    expect(refused(change)).toEqual([[field, rule, value, message]]);
  });

  it('is told every problem at once', () => {
    expect(refused({ id: 1, window: 1, colour: 'red' }).map(([field]) => field)).toEqual(['id', 'window', 'colour']);
  });

  it.each([[null], [[]], ['text']])('is no object: %j', (input) => {
    expect(document.read(input).problems).toMatchObject([{ field: 'document', rule: 'type' }]);
  });

  it('is not refused for fields that are undefined, known or not', () => {
    expect(document.read({ ...right, code: undefined, colour: undefined })).toEqual({ document: right, problems: [] });
  });
});

describe('an instant', () => {
  const document = new WireDocument('urn:assay:schema:test:v1', (z) => z.strictObject({ at: instant(z) }));

  it.each([
    '2020-02-29T00:00:00Z',
    '2020-01-01t23:59:59.5z',
    '2020-01-01T00:00:00+05:30',
    '9999-12-31T23:59:59.999Z',
    '0001-01-01T14:00:00+14:00',
  ])('is %s', (at) => {
    expect(document.read({ at })).toEqual({ document: { at }, problems: [] });
  });

  it.each<unknown>([
    ...['2021-02-29T00:00:00Z', '0000-01-01T00:00:00Z', '2020-01-01', '2020-01-01T00:00Z', '2020-01-01T00:00:00', 5],
  ])('is not %j', (at) => {
    const message = `at must be an ISO-8601 date and time with zone, was ${JSON.stringify(at)}`;
    expect(document.read({ at }).problems).toEqual([{ field: 'at', rule: 'format', value: at, message }]);
  });

  it.each(['0001-01-01T13:59:59+14:00', '9999-12-31T23:59:59-14:00'])('is not %s, whose year of UTC is none', (at) => {
    const message = `at must lie in the years 1 to 9999 of UTC, was "${at}"`;
    expect(document.read({ at }).problems).toEqual([{ field: 'at', rule: 'format', value: at, message }]);
  });
});

describe('a list', () => {
  const document = new WireDocument('urn:assay:schema:test:v1', (z) =>
    z.strictObject({ items: z.array(z.number()).min(2).max(3).meta({ description: 'few' }) }),
  );

  it.each<[unknown[], [string, string][]]>([
    [[1, 2], []],
    [['x', 1], [['items[0]', 'type']]],
    [[1], [['items', 'min_items']]],
    [['x', 'x', 'x', 'x'], [['items', 'max_items']]],
  ])('%j: its items are looked at where there are not too many', (items, expected) => {
    expect(document.read({ items }).problems.map(({ field, rule }) => [field, rule])).toEqual(expected);
  });

  it('is published with its bounds', () => {
    expect(document.jsonSchema()).toMatchObject({ properties: { items: { minItems: 2, maxItems: 3 } } });
  });
});

describe('alternatives that the value chooses by its shape', () => {
  const document = new WireDocument('urn:assay:schema:test:v1', (z) => {
    const moment = z.strictObject({ at: z.number() });
    const range = z.strictObject({ from: z.number(), to: z.number() });
    const isRange = (value: unknown) => Object.hasOwn(Object(value) as object, 'from');
    return choice(z, [moment, range], (value) => (isRange(value) ? 1 : 0)).meta({ description: 'when' });
  });

  it.each([
    [{ from: 1 }, 'to', 'required'],
    [{ from: 1, at: 1 }, 'to', 'required'],
    [{ at: 'x' }, 'at', 'type'],
    [5, 'document', 'type'],
  ])('%j is refused for %s', (input, field, rule) => {
    expect(document.read(input).problems[0]).toMatchObject({ field, rule });
  });
});

describe('a field called __proto__, which readers of records leave out', () => {
  const metrics = new WireDocument('urn:assay:schema:proto:v1', (z) =>
    z.strictObject({ values: z.record(z.string(), z.number()), items: z.array(z.record(z.string(), z.unknown())) }),
  );

  it.each([
    ['of the document', '{"values":{},"items":[],"__proto__":{"a":1}}', '__proto__'],
    ['of a record', '{"values":{"sharpe":1,"__proto__":2},"items":[]}', 'values.__proto__'],
    ['of what lies in an array', '{"values":{},"items":[{},{"a":{"__proto__":null}}]}', 'items[1].a.__proto__'],
  ])('is refused by its path: %s', (_, text, field) => {
    expect(metrics.read(JSON.parse(text)).problems).toMatchObject([{ field, rule: 'unknown_field' }]);
  });

  it('is told beside everything else that is wrong', () => {
    const { problems } = metrics.read(JSON.parse('{"values":{"a":"x","__proto__":2},"items":[]}'));
    expect(problems.map(({ field }) => field)).toEqual(['values.a', 'values.__proto__']);
  });
});

describe('a document nested deeper than a reader can recurse', () => {
  const nested = (depth: number): unknown => {
    let value: unknown = 0;
    for (let i = 0; i < depth; i += 1) value = [value];
    return value;
  };
  const anything = new WireDocument('urn:assay:schema:test:v1', (z) => z.strictObject({ a: z.unknown() }));

  it('is refused, not overflowing, whatever its schema says', () => {
    expect(anything.read({ a: nested(63) }).problems).toEqual([]);
    for (const depth of [64, 100_000]) {
      expect(anything.read({ a: nested(depth) }).problems).toMatchObject([{ field: 'document', rule: 'max_depth' }]);
    }
    expect(anything.read({ a: 1, b: nested(100_000) }).problems).toMatchObject([{ field: 'b', rule: 'unknown_field' }]);
  });
});
