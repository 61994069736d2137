import { setsOf, valuesOf } from './searched';

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
