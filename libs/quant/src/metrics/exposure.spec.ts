import { exposure, turnover } from './exposure';

describe('exposure and turnover', () => {
  it('is the share of bars with a position on either side', () => {
    expect(exposure(Float64Array.of(1, 0, -0.5, 0))).toBe(0.5);
  });

  it('counts two-way turnover from flat', () => {
    expect(turnover(Float64Array.of(1, 1, -1, 0), 252)).toBeCloseTo((4 / 4) * 252, 9);
  });
});
