import { parseValues, textsOf, type ObjectSchema } from './schema-values';

const SCHEMA: ObjectSchema = {
  properties: {
    window: { type: 'integer', minimum: 2, maximum: 10000, default: 20 },
    rate: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
    old: { type: 'number', minimum: 0, exclusiveMinimum: true },
    of: { type: 'string', enum: ['atr', 'sma'] },
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
    [{ window: '1' }, 'window must be at least 2, was 1'],
    [{ window: '2.5' }, 'window must be a whole number, was 2.5'],
    [{ window: '0x10' }, 'window must be a whole number, was 0x10'],
    [{ window: '99999999999999999999' }, 'window is too large, was 99999999999999999999'],
    [{ rate: '0,05' }, 'rate must be a number with a point, was 0,05'],
    [{ rate: '0' }, 'rate must be above 0, was 0'],
    [{ rate: '1.01' }, 'rate must be at most 1, was 1.01'],
    [{ rate: '1e999' }, 'rate is too large, was 1e999'],
    [{ old: '0' }, 'old must be above 0, was 0'],
    [{ of: 'ema' }, 'of must be one of atr, sma, was ema'],
    [{ of: '' }, 'of is required'],
    [{ id: 'x' }, 'id must match ^[0-9]+$, was x'],
    [{ lags: '1, 0' }, 'lags[1] must be at least 1, was 0'],
  ])('refuses %j', (texts, message) => {
    const { errors } = parse(texts);
    expect(Object.values(errors)).toEqual([message]);
  });

  it('comes back from the values as it went', () => {
    const texts = { window: '14', rate: '', old: '', of: 'sma', id: '7', on: 'true', lags: '1, 2' };
    expect(textsOf(SCHEMA, parseValues(SCHEMA, texts).values)).toEqual(texts);
  });
});
