import type { FieldProblem } from '@assay/primitives';
import { ObjectReader } from './object-reader';

/** The problems that reading `source` leaves behind. */
function problemsOf(source: unknown, read: (reader: ObjectReader) => unknown): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const reader = ObjectReader.of(source, 'part', problems);
  if (reader) read(reader);
  return problems;
}

describe('ObjectReader', () => {
  it.each<[string, unknown, (reader: ObjectReader) => unknown, FieldProblem]>([
    [
      'an unknown field',
      { a: 1, colour: 'red' },
      (r) => [r.number('a'), r.refuseUnknown()],
      {
        field: 'part.colour',
        rule: 'unknown_field',
        value: 'red',
        message: 'part.colour is not a known field, was "red"',
      },
    ],
    [
      'a missing field',
      {},
      (r) => r.text('name', { required: true }),
      { field: 'part.name', rule: 'required', value: null, message: 'part.name must be given, was missing' },
    ],
    [
      'a wrong type',
      { n: '3' },
      (r) => r.integer('n'),
      { field: 'part.n', rule: 'type', value: '3', message: 'part.n must be an integer, was "3"' },
    ],
    [
      'a number below its minimum',
      { n: 1 },
      (r) => r.number('n', { min: 2 }),
      { field: 'part.n', rule: 'minimum', value: 1, message: 'part.n must be at least 2, was 1' },
    ],
    [
      'a value outside the list',
      { side: 'HOLD' },
      (r) => r.oneOf('side', ['BUY', 'SELL']),
      { field: 'part.side', rule: 'enum', value: 'HOLD', message: 'part.side must be one of BUY, SELL, was "HOLD"' },
    ],
    [
      'too short a list, whose value is its length',
      { legs: [] },
      (r) => r.list('legs', { min: 1 }, (item) => item),
      { field: 'part.legs', rule: 'min_items', value: 0, message: 'part.legs must have at least 1 items, had 0' },
    ],
    [
      'a document that is no object',
      [1],
      () => undefined,
      { field: 'part', rule: 'type', value: [1], message: 'part must be an object, was [1]' },
    ],
  ])('names field, rule and value of %s', (_, source, read, problem) => {
    expect(problemsOf(source, read)).toEqual([problem]);
  });

  it('cuts a long value in the message and keeps it whole as the value', () => {
    const long = 'x'.repeat(1_000);
    const [problem] = problemsOf({ junk: long }, (r) => r.refuseUnknown());
    expect(problem!.value).toBe(long);
    expect(problem!.message.length).toBeLessThan(200);
  });
});
