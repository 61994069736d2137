import { parametersSchema } from '@assay/contracts';
import type { ModelPlugin } from '@assay/pipeline';
import { searchedValues } from './searched-values';

const plugin = {
  key: 'tree',
  parameterSchema: parametersSchema({
    depth: { type: 'integer', minimum: 1, maximum: 9, default: 3, description: 'levels' },
    rate: { type: 'number', exclusiveMinimum: 0, default: 0.1, description: 'learning rate' },
    rows: { type: 'integer', minimum: 1, maximum: 500, default: 20, description: 'rows of a leaf' },
  }),
  searchSpace: {
    depth: { values: [2, 3], description: 'depths' },
    rate: { values: [0.1, 0.3], description: 'learning rates' },
  },
} as unknown as ModelPlugin;

const problem = (given: Record<string, number[] | undefined>): unknown => {
  try {
    return searchedValues(plugin, given);
  } catch (error) {
    return (error as { errors: object[] }).errors[0];
  }
};

describe('the values of a tuning', () => {
  it('are those given of the parameters that the kind is tuned by', () => {
    expect(searchedValues(plugin, { depth: [1, 9], rate: undefined })).toEqual({ depth: [1, 9] });
    expect(searchedValues(plugin, { rate: [0.2], depth: [4] })).toEqual({ depth: [4], rate: [0.2] });
  });

  it.each([
    ['out of its bounds', { depth: [3, 10] }, { field: 'depth[1]', rule: 'maximum', value: 10 }],
    ['at an open bound', { rate: [0] }, { field: 'rate[0]', rule: 'exclusive_minimum', value: 0 }],
    ['no whole number', { depth: [1.5] }, { field: 'depth[0]', rule: 'type' }],
    ['of a parameter that is not tuned', { rows: [5] }, { field: 'rows', rule: 'searched_parameter' }],
    ['twice', { depth: [3, 4, 3] }, { field: 'depth[2]', rule: 'unique', value: 3 }],
    ['of nothing', {}, { field: 'depth', rule: 'required' }],
  ])('are refused %s', (_, given, expected) => {
    expect(problem(given)).toMatchObject(expected);
  });

  it('are at most 1000 sets, refit schedules included: each is cross-validated and counted', () => {
    const depth = [1, 2, 3, 4, 5];
    const rate = Array.from({ length: 100 }, (_, i) => (i + 1) / 100);
    expect(searchedValues(plugin, { depth, rate }, { schedules: 2 })).toEqual({ depth, rate });
    expect(() => searchedValues(plugin, { depth, rate }, { schedules: 3 })).toThrow(
      expect.objectContaining({
        errors: [expect.objectContaining({ field: 'depth, rate', rule: 'max_sets', value: 1500 })],
        message: expect.stringContaining('at most 1000 sets'),
      }) as Error,
    );
  });

  it('are, where sets are drawn, those of the kind unless some are given, and may make billions of sets', () => {
    expect(searchedValues(plugin, {}, { isDrawn: true })).toEqual({ depth: [2, 3], rate: [0.1, 0.3] });
    expect(searchedValues(plugin, { rate: [0.2] }, { isDrawn: true })).toEqual({ rate: [0.2] });
    const rate = Array.from({ length: 2000 }, (_, i) => (i + 1) / 100);
    expect(searchedValues(plugin, { rate }, { isDrawn: true, schedules: 2 })).toEqual({ rate });
    expect(() => searchedValues(plugin, { rate }, { isDrawn: true, schedules: 3e6 })).toThrow(
      'at most 4294967295 sets',
    );
    expect(() => searchedValues(plugin, { rows: [5] }, { isDrawn: true })).toThrow('must be one of depth, rate');
  });

  it.each([{ rows: [5] }, {}])('are refused with the way to search more: %j', (given) => {
    expect(problem(given)).toMatchObject({ message: expect.stringContaining('POST /backtests/sweep') });
  });
});
