import { below, DomainError, invalid } from './domain-error';

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
