import { parseValues, textsOf, type ObjectSchema } from './schema-values';

const SCHEMA: ObjectSchema = {
  properties: {
    window: { type: 'integer', minimum: 2, maximum: 10000, default: 20 },
    rate: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
    old: { type: 'number', minimum: 0, exclusiveMinimum: true },
    of: { type: 'string', enum: ['atr', 'sma'] },
    min_train: { type: 'integer', minimum: 2 },
    every: { type: 'integer', minimum: 1, title: 'Bars between fits' },
    id: { type: 'string', minLength: 1, pattern: '^[0-9]+$' },
    on: { type: 'boolean' },
    lags: { type: 'array', items: { type: 'integer', minimum: 1 } },
  },
  required: ['of'],
};
const parse = (texts: Record<string, string>) => parseValues(SCHEMA, { of: 'atr', ...texts });

describe('parameters from text', () => {
  it('converts by type and leaves out what is empty', () => {
    expect(parse({ window: '14', rate: '5e-2', on: 'false', lags: '1, 5,10', id: ' 9007199254740993 ' })).toEqual({
      values: { window: 14, rate: 0.05, of: 'atr', id: '9007199254740993', on: false, lags: [1, 5, 10] },
      errors: {},
    });
  });

  it.each([
    [{ window: '1' }, 'Window must be at least 2, was 1'],
    [{ window: '2.5' }, 'Window must be a whole number, was 2.5'],
    [{ window: '0x10' }, 'Window must be a whole number, was 0x10'],
    [{ window: '99999999999999999999' }, 'Window is too large, was 99999999999999999999'],
    [{ rate: '0,05' }, 'Rate must be a number with a point, was 0,05'],
    [{ rate: '0' }, 'Rate must be above 0, was 0'],
    [{ rate: '1.01' }, 'Rate must be at most 1, was 1.01'],
    [{ rate: '1e999' }, 'Rate is too large, was 1e999'],
    [{ old: '0' }, 'Old must be above 0, was 0'],
    // as the page titles the field
    [{ min_train: '1' }, 'Min train must be at least 2, was 1'],
    [{ every: '0' }, 'Bars between fits must be at least 1, was 0'],
    [{ of: 'ema' }, 'Of must be one of atr, sma, was ema'],
    [{ of: '' }, 'Of is required'],
    [{ id: 'x' }, 'Id must match ^[0-9]+$, was x'],
    [{ lags: '1, 0' }, 'Lags, value 2, must be at least 1, was 0'],
  ])('refuses %j', (texts, message) => {
    const { errors } = parse(texts);
    expect(Object.values(errors)).toEqual([message]);
  });

  it('comes back from the values as it went', () => {
    const texts = {
      window: '14',
      rate: '',
      old: '',
      min_train: '',
      every: '',
      of: 'sma',
      id: '7',
      on: 'true',
      lags: '1, 2',
    };
    expect(textsOf(SCHEMA, parseValues(SCHEMA, texts).values)).toEqual(texts);
  });
});
