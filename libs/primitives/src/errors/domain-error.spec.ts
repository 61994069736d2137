import { below, DomainError, invalid, invalidField, isDomainError, noting, notFound } from './domain-error';
import type { FieldProblem } from './problem-codes';

const refused = (field: string, message: string): DomainError => {
  try {
    below('features[1]', () => {
      throw invalid([{ field, rule: 'minimum', value: 0, message }]);
    });
  } catch (error) {
    return error as DomainError;
  }
  throw new Error('nothing was refused');
};

describe('a problem of a part', () => {
  it.each([
    ['plugin', 'plugin must be x, was 0', 'features[1].plugin', 'features[1].plugin must be x, was 0'],
    [
      'params.window',
      'window must be at least 2, was 0',
      'features[1].params.window',
      'features[1].params.window must be at least 2, was 0',
    ],
    ['document', 'document must be an object, was 0', 'features[1]', 'features[1] must be an object, was 0'],
    ['params.cap', 'the cap is wrong', 'features[1].params.cap', 'the cap is wrong'],
  ])('of field %s is named where the part stands: %s', (field, message, path, placed) => {
    const error = refused(field, message);
    expect(error).toMatchObject({
      code: 'validation_failed',
      message: placed,
      errors: [{ field: path, rule: 'minimum', value: 0, message: placed }],
    });
  });

  it('leaves results and other errors alone', () => {
    expect(below('a', () => 5)).toBe(5);
    const error = new Error('the disk is on fire');
    expect(() =>
      below('a', () => {
        throw error;
      }),
    ).toThrow(error);
  });
});

describe('a refusal', () => {
  it.each<[string, unknown, boolean]>([
    ['is one', notFound('strategy', 'x'), true],
    [
      'that another thread has sent is one',
      Object.assign(new Error('no'), { name: 'DomainError', code: 'conflict' }),
      true,
    ],
    ['is no error of the system', Object.assign(new Error('no'), { code: 'ECONNREFUSED' }), false],
    ['is not without a code', Object.assign(new Error('no'), { name: 'DomainError' }), false],
    ['is an error', { name: 'DomainError', code: 'conflict' }, false],
    ['is not nothing', undefined, false],
  ])('%s', (_, thrown, expected) => expect(isDomainError(thrown)).toBe(expected));

  it('of a part is noted with the others; what is none goes on', () => {
    const problems: FieldProblem[] = [];
    const part = noting(problems, () => {
      throw invalidField('window', 'minimum', 0, 'window must be at least 2, was 0');
    });
    expect([part, problems.map(({ field }) => field)]).toEqual([undefined, ['window']]);
    const conflict = new DomainError('conflict', 'no');
    expect(() =>
      noting(problems, () => {
        throw conflict;
      }),
    ).toThrow(conflict);
  });

  it('of several fields says how many more there are', () => {
    const { errors } = invalidField('a', 'minimum', 0, 'a must be at least 2, was 0');
    expect(invalid([...errors!, ...errors!, ...errors!]).message).toBe('a must be at least 2, was 0 (and 2 more)');
  });
});
