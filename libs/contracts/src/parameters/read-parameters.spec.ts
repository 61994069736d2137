import { parametersSchema, withoutDefaults } from './parameter-schema';
import { readParameters } from './read-parameters';

const schema = parametersSchema({
  window: { type: 'integer', minimum: 2, maximum: 10, default: 5, description: 'bars' },
  rate: { type: 'number', exclusiveMinimum: 0, maximum: 1, default: 0.5, description: 'share' },
  share: { type: 'number', minimum: 0, default: 0.1, description: 'share' },
  any: { type: 'number', default: 0, description: 'any' },
  of: { type: 'string', enum: ['a', 'b'], default: 'a', description: 'which' },
  column: { type: 'string', minLength: 1, description: 'column' },
});
const right = { column: 'close' };

describe('parameters that are right', () => {
  it('come back with their defaults, and what is undefined is absent', () => {
    const read = { document: { window: 5, rate: 0.5, share: 0.1, any: 0, of: 'a', column: 'close' }, problems: [] };
    expect(readParameters(schema, right)).toEqual(read);
    expect(readParameters(schema, { ...right, window: undefined, colour: undefined })).toEqual(read);
    const given = { window: 10, rate: 1, share: 0, any: -1, of: 'b', column: 'ö' };
    expect(readParameters(schema, given).document).toEqual(given);
  });

  it('have no defaults where each has to be given', () => {
    const { problems } = readParameters(withoutDefaults(schema), right);
    expect(problems.map(({ field, rule }) => [field, rule])).toEqual([
      ['params.window', 'required'],
      ['params.rate', 'required'],
      ['params.share', 'required'],
      ['params.any', 'required'],
      ['params.of', 'required'],
    ]);
  });
});

describe('parameters that are wrong', () => {
  it.each<[object, string, string, unknown, string]>([
    [{ window: 1 }, 'window', 'minimum', 1, 'must be 2 to 10 (default 5), was 1'],
    [{ window: 11 }, 'window', 'maximum', 11, 'must be 2 to 10 (default 5), was 11'],
    [{ window: 2.5 }, 'window', 'type', 2.5, 'must be an integer from 2 to 10 (default 5), was 2.5'],
    [{ window: '5' }, 'window', 'type', '5', 'must be an integer from 2 to 10 (default 5), was "5"'],
    [{ window: null }, 'window', 'type', null, 'must be an integer from 2 to 10 (default 5), was null'],
    [{ rate: 0 }, 'rate', 'exclusive_minimum', 0, 'must be greater than 0 and at most 1 (default 0.5), was 0'],
    [{ rate: 2 }, 'rate', 'maximum', 2, 'must be greater than 0 and at most 1 (default 0.5), was 2'],
    [
      { rate: NaN },
      'rate',
      'type',
      NaN,
      'must be a finite number, greater than 0 and at most 1 (default 0.5), was NaN',
    ],
    [{ share: -1 }, 'share', 'minimum', -1, 'must be at least 0 (default 0.1), was -1'],
    [{ share: '1' }, 'share', 'type', '1', 'must be a finite number, at least 0 (default 0.1), was "1"'],
    [{ any: '1' }, 'any', 'type', '1', 'must be a finite number (default 0), was "1"'],
    [{ of: 'c' }, 'of', 'enum', 'c', 'must be one of a, b (default a), was "c"'],
    [{ column: '' }, 'column', 'min_length', '', 'must have at least 1 characters, was ""'],
    [{ column: 5 }, 'column', 'type', 5, 'must be a string, was 5'],
    [{ column: undefined }, 'column', 'required', null, 'must be given, was missing'],
    [{ colour: 'red' }, 'colour', 'unknown_field', 'red', 'is not a known field, was "red"'],
    [{ constructor: 1 }, 'constructor', 'unknown_field', 1, 'is not a known field, was 1'],
  ])('%j: %s breaks %s', (change, name, rule, value, text) => {
    const field = `params.${name}`;
    const { document, problems } = readParameters(schema, { ...right, ...change });
    expect([document, problems]).toEqual([undefined, [{ field, rule, value, message: `${field} ${text}` }]]);
  });

  it('are told all at once, each where it stands', () => {
    const { problems } = readParameters(schema, { window: 1, colour: 'red' });
    expect(problems.map(({ field }) => field)).toEqual(['params.window', 'params.column', 'params.colour']);
  });

  it.each([[null], [[]], ['text'], [undefined]])('are no object: %j', (input) => {
    const rule = input === undefined ? 'required' : 'type';
    expect(readParameters(schema, input).problems).toMatchObject([{ field: 'params', rule }]);
  });
});
