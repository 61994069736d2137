import { buyAndHoldReturns } from './buy-and-hold';

describe('buy and hold', () => {
  it('has a first return of 0', () => {
    expect([...buyAndHoldReturns(Float64Array.of(100, 110, 99))]).toEqual([
      0,
      expect.closeTo(0.1),
      expect.closeTo(-0.1),
    ]);
  });
});
