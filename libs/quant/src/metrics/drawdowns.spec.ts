import { allDrawdowns, drawdowns } from './drawdowns';

describe('drawdowns', () => {
  it('are listed deepest first with peak, trough, recovery and duration', () => {
    const equity = Float64Array.of(0.9, 1.1, 1.0, 0.88, 1.2, 1.14, 1.08);
    expect(drawdowns(equity, 2)).toEqual([
      { depth: expect.closeTo(0.2), peakIndex: 1, troughIndex: 3, recoveryIndex: 4, durationBars: 3 },
      { depth: expect.closeTo(0.1), peakIndex: -1, troughIndex: 0, recoveryIndex: 1, durationBars: 2 },
    ]);
    expect(drawdowns(equity, 9)[2]).toMatchObject({ peakIndex: 4, recoveryIndex: -1, durationBars: 2 });
  });

  it('pass over bars without equity', () => {
    expect(allDrawdowns(Float64Array.of(1.1, NaN, 0.99, NaN, 1.2))).toEqual([
      { depth: expect.closeTo(0.1), peakIndex: 0, troughIndex: 2, recoveryIndex: 4, durationBars: 4 },
    ]);
  });
});
