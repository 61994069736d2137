import research from '../../../../../../docs/openapi/research.json';
import { FIRST_SEARCH, METHODS, searchOf, setsOf, valuesOf } from './searched';

describe('values to try', () => {
  it('are numbers parted by commas', () => {
    expect(valuesOf('0.01, 1,1e2,')).toEqual([0.01, 1, 100]);
    expect(valuesOf('')).toEqual([]);
    expect(valuesOf('1, x')).toBeNull();
  });

  it('make a set for every combination of those that are given', () => {
    expect(setsOf({ l2: '1, 2', trees: '50, 100, 200', depth: '' })).toBe(6);
    expect(setsOf({ l2: '' })).toBe(0);
    expect(setsOf({ l2: '1', depth: 'deep' })).toBeNull();
  });
});

describe('which sets are tried', () => {
  it('are all of them where nothing is said', () => {
    expect(searchOf(FIRST_SEARCH)).toEqual({ search: {}, errors: {} });
    expect(searchOf({ ...FIRST_SEARCH, prune: true, trials: 'x' })).toEqual({
      search: { prune: 'median' },
      errors: {},
    });
  });

  it('are drawn as the API has it', () => {
    const drawn = { ...FIRST_SEARCH, method: 'tpe', trials: '40', prune: true } as const;
    expect(searchOf(drawn)).toEqual({ search: { method: 'tpe', trials: 40, prune: 'median' }, errors: {} });
    expect(searchOf({ ...drawn, seed: '7', prune: false }).search).toEqual({ method: 'tpe', trials: 40, seed: 7 });
    expect(searchOf({ ...drawn, trials: '' }).errors).toEqual({ trials: 'Sets to draw is required' });
    expect(searchOf({ ...drawn, seed: '1.5' }).errors).toEqual({
      seed: 'Seed of the draws must be a whole number, was 1.5',
    });
    const { method, prune } = research.components.schemas.TuneModelDto.properties;
    expect(METHODS.map(({ value }) => value)).toEqual(method.enum);
    expect(prune.enum).toEqual(['none', 'median']);
  });
});
