import { forwardReturnLabels, forwardReturns } from './forward-return';

describe('forward return labels', () => {
  it('are 1 where the close rises, 0 where it does not, NaN where the future is missing', () => {
    const close = Float64Array.of(10, 11, 11, 9, NaN, 12);
    expect([...forwardReturnLabels(close, 1)]).toEqual([1, 0, 0, NaN, NaN, NaN]);
    expect([...forwardReturns(close, 2)]).toEqual([
      expect.closeTo(0.1),
      expect.closeTo(9 / 11 - 1),
      NaN,
      expect.closeTo(1 / 3),
      NaN,
      NaN,
    ]);
    expect([...forwardReturnLabels(close, 9)]).toEqual(new Array(6).fill(NaN));
    expect(() => forwardReturnLabels(close, 0)).toThrow('horizon must be an integer of at least 1, was 0');
  });
});
