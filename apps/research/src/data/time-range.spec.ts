import { DAY_MS } from '@assay/primitives';
import { indexRange } from './time-range';

const days = Float64Array.of(0, DAY_MS, 2 * DAY_MS, 3 * DAY_MS);

describe('indexRange', () => {
  it('includes the day that an end names', () => {
    expect(indexRange(days, '1970-01-02', '1970-01-03')).toEqual([1, 3]);
    expect(indexRange(days, null, null)).toEqual([0, 4]);
    expect(indexRange(days, '1970-01-02T00:00:01Z', null)).toEqual([2, 4]);
  });

  it('is empty outside the bars', () => {
    const [from, to] = indexRange(days, '1980-01-01', null);
    expect(to - from).toBe(0);
  });
});
