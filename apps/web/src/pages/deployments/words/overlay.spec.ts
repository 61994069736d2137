import { baseOf, gapOf, overlayOf, signed } from './overlay';

const DAY = 86_400_000;
const bar = (day: number) => ({ time: day * DAY });
const bars = [10, 11, 12, 13, 14].map(bar);
/** Decided at 20:00 of the day. */
const at = (day: number, profit: string | null, qty = '1') => ({
  at: new Date(day * DAY + 20 * 3_600_000).toISOString(),
  price: '100',
  qty,
  profit,
});
const tested = (day: number, equity: number) => ({ date: new Date(day * DAY).toISOString(), equity, position: 1 });

describe('a deployment over its backtest', () => {
  it('draws both from 0 at the bar of the first decision, on the bars that each has', () => {
    const overlay = overlayOf([at(11, '0'), at(12, '100'), at(13, null), at(14, '50')], 1000, bars, [
      tested(10, 1),
      tested(11, 2),
      tested(12, 2.2),
      tested(13, 2.42),
    ]);
    expect(overlay.traded).toEqual([
      { ...bar(11), value: 0 },
      { ...bar(12), value: 0.1 },
      { ...bar(13), value: null },
      { ...bar(14), value: 0.05 },
    ]);
    expect(overlay.tested.map(({ time }) => time)).toEqual([bar(11), bar(12), bar(13)].map(({ time }) => time));
    expect(overlay.tested.map(({ value }) => value)).toEqual([0, expect.closeTo(0.1), expect.closeTo(0.21)]);
  });

  it('counts the last of several decisions on a bar, and a close at the next midnight as of the day before', () => {
    const midnight = { ...at(11, '7'), at: new Date(12 * DAY).toISOString() };
    expect(overlayOf([at(10, '1'), at(10, '2'), midnight], 10, bars, []).traded).toEqual([
      { ...bar(10), value: 0.2 },
      { ...bar(11), value: 0.7 },
    ]);
  });

  it('draws no backtest that does not have the first bar: there is nothing to begin from', () => {
    expect(overlayOf([at(11, '0'), at(12, '1')], 10, bars, [tested(12, 1)]).tested).toEqual([]);
  });

  it('knows the bars over which the backtest held something and the deployment nothing', () => {
    const flat = { ...tested(12, 1), position: 0 };
    const overlay = overlayOf([at(11, '0', '0'), at(12, '0', '0'), at(13, '0')], 1, bars, [
      tested(11, 1),
      flat,
      tested(13, 1),
    ]);
    expect([...overlay.missed]).toEqual([11 * DAY]);
  });

  it('splits the gap into reinvesting, bars not held, prices and the rest, which add up', () => {
    const overlay = {
      missed: new Set([11 * DAY]),
      resized: new Set([12 * DAY]),
      traded: [10, 11, 12].map((day, i) => ({ ...bar(day), value: [0, 0.1, 0.15][i]! })),
      tested: [10, 11, 12].map((day, i) => ({ ...bar(day), value: [0, 0.1, 0.21][i]! })),
    };
    const gap = gapOf(overlay, 20, 1000)!;
    expect(gap).toEqual({
      ...bar(12),
      traded: 0.15,
      tested: 0.21,
      reinvesting: expect.closeTo(-0.01),
      missed: expect.closeTo(-0.1),
      prices: -0.02,
      rest: expect.closeTo(0.07),
    });
    expect(gap.tested + gap.reinvesting + gap.missed + gap.prices + gap.rest).toBeCloseTo(gap.traded, 12);
    expect(gapOf({ ...overlay, tested: [] }, 0, 1000)).toBeNull();
  });

  it('takes each position of a backtest for itself: a loss of 2.69 % and a gain of 22.47 % of the same capital make 19.78 %', () => {
    const [lost, won] = [1 - 0.0269, (1 - 0.0269) * 1.2247];
    // in, out at a loss, in again, on a way up and down and up, out
    const path: [day: number, equity: number, position: number][] = [
      [10, 1, 0],
      [11, 1.05, 1],
      [12, lost, 1],
      [13, lost, 0],
      [14, lost * 1.4, 1],
      [15, lost * 1.1, 1],
      [16, won, 1],
    ];
    const overlay = overlayOf(
      path.map(([day]) => at(day, day === 16 ? '197.8' : '0')),
      1000,
      path.map(([day]) => bar(day)),
      path.map(([day, equity, position]) => ({ ...tested(day, equity), position })),
    );
    const gap = gapOf(overlay, 0, 1000)!;
    expect(gap.tested).toBeCloseTo(0.1918, 4);
    expect(gap.reinvesting).toBeCloseTo(0.1978 - gap.tested, 12);
    expect(gap.rest).toBeCloseTo(0, 12);
  });

  it('is told of the capital, or of what the units cost at first', () => {
    expect(baseOf('10000', undefined, [])).toBe(10_000);
    expect(baseOf(null, '5', [{ at: '', price: null, profit: null, qty: '0' }, at(10, '0')])).toBe(500);
    expect(baseOf(null, '5', [])).toBeNull();
  });

  it('has a sign where something is shown to have a sign', () => {
    expect([-0.00001, 0.00001, 0.0123, -0.0123].map(signed)).toEqual(['0.00 %', '0.00 %', '+1.23 %', '-1.23 %']);
  });
});
