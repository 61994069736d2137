import { REFERENCE_RETURNS as r } from '../../../testing/src/quant/reference-returns';
import { drawdownDepths, timeUnderWater, ulcerIndex } from './ulcer-index';

describe('ulcer index and time under water', () => {
  it('are of the fall below the peak at every bar', () => {
    expect(ulcerIndex(r)).toBeCloseTo(0.016182751107789668, 14);
    expect(timeUnderWater(r)).toBeCloseTo(8 / 12, 15);
  });

  it('count the start as a peak and a recovered peak as no fall', () => {
    expect([...drawdownDepths(Float64Array.of(-0.5, 1, 0.1, -1))]).toEqual([0.5, 0, 0, 1]);
    expect(timeUnderWater(Float64Array.of(-0.5, 1, 0.1, -1))).toBe(0.5);
    expect(ulcerIndex(Float64Array.of(0.1, 0.1))).toBe(0);
  });
});
