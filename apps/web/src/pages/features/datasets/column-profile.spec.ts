import { profileOf } from './column-profile';

describe('profile of a column', () => {
  it('counts what is missing and leaves it out', () =>
    expect(profileOf([null, 4, 1, 3, null, 2])).toEqual({
      rows: 6,
      missing: 2,
      missingShare: 1 / 3,
      mean: 2.5,
      deviation: Math.sqrt(5 / 3),
      min: 1,
      median: 2.5,
      max: 4,
    }));

  it('has no figure where there is no value, and no deviation of one', () => {
    expect(profileOf([null])).toMatchObject({ missingShare: 1, mean: null, deviation: null, median: null });
    expect(profileOf([])).toMatchObject({ rows: 0, missingShare: null, min: null });
    expect(profileOf([7])).toMatchObject({ mean: 7, deviation: null, median: 7 });
  });
});
