import { isUuid } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { trialIdOf } from './trial-id';

const SWEEP = '01890000-1234-7abc-9def-0123456789ab';

describe('the id of a cell’s trial', () => {
  it('is a UUIDv7 of the time of its sweep', () => {
    expect(trialIdOf(SWEEP, 0)).toBe('01890000-1234-7000-8000-0123456789ab');
    expect(trialIdOf(SWEEP, 5)).toBe('01890000-1234-7000-8005-0123456789ab');
    expect(trialIdOf(SWEEP, 2 ** 14)).toBe('01890000-1234-7001-8000-0123456789ab');
    expect(trialIdOf(SWEEP, 2 ** 26 - 1)).toBe('01890000-1234-7fff-bfff-0123456789ab');
    expect(isUuid(trialIdOf(newId(), 4999))).toBe(true);
  });

  it('ascends with the cell', () => {
    const ids = Array.from({ length: 20_000 }, (_, place) => trialIdOf(SWEEP, place));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([-1, 0.5, 2 ** 26])('has no place %d', (place) => {
    expect(() => trialIdOf(SWEEP, place)).toThrow('place must be a whole number');
  });
});
