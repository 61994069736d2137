import { hasJoined, stopLoss, unrealisedLossPct, type StopLossInput } from './index';

const long: StopLossInput = {
  signal: 1,
  position: '10',
  averagePrice: '100',
  lastPrice: '94',
  limitPct: 5,
  latch: null,
  nowMs: 7,
};
const short: StopLossInput = { ...long, signal: -1, position: '-10', lastPrice: '106' };

describe('the unrealised loss', () => {
  it.each([
    ['10', '100', '94', 6],
    ['-10', '100', '106', 6],
    ['10', '100', '110', -10],
    ['0', null, '94', null],
    ['10', '100', null, null],
  ])('of %s from %s at %s is %s per cent', (position, average, last, expected) => {
    expect(unrealisedLossPct(position, average, last)).toBe(expected);
  });
});

describe('the stop loss', () => {
  it('fires beyond its limit, not at it, and latches the target that was stopped', () => {
    expect(stopLoss(long)).toEqual({ forced: true, fired: true, latch: { signal: 1, atMs: 7 }, lossPct: 6 });
    expect(stopLoss(short)).toMatchObject({ fired: true, latch: { signal: -1, atMs: 7 } });
    expect(stopLoss({ ...long, lastPrice: '95' })).toMatchObject({ forced: false, latch: null, lossPct: 5 });
  });

  it('fires at a level of the strategy, also with a gain and without a limit of its own, on what is held alone', () => {
    const target: StopLossInput = { ...long, lastPrice: '110', limitPct: null };
    const reached = { reason: 'take_profit', level: 110 } as const;
    expect(stopLoss({ ...target, reached })).toEqual({
      ...{ forced: true, fired: true, latch: { signal: 1, atMs: 7 }, lossPct: -10, reached },
    });
    expect(stopLoss(target)).toMatchObject({ forced: false, latch: null });
    expect(stopLoss({ ...target, lastPrice: '1' })).toMatchObject({ forced: false });
    expect(stopLoss({ ...target, reached, position: '0', averagePrice: null })).toMatchObject({ forced: false });
    expect(stopLoss({ ...target, reached, signal: 0 })).toMatchObject({ forced: false });
  });

  it('does not fire at its limit because an average price was rounded', () => {
    const rounded = { ...long, averagePrice: '100.00000000000001', lastPrice: '95' };
    expect(stopLoss(rounded).lossPct).toBeGreaterThan(5);
    expect(stopLoss(rounded)).toMatchObject({ forced: false, fired: false });
    expect(stopLoss({ ...rounded, averagePrice: '100.000001' })).toMatchObject({ fired: true });
  });

  it('holds the target at 0 while the signal is the one that was stopped, flat and recovered or not', () => {
    const latch = { signal: 1, atMs: 3 } as const;
    expect(stopLoss({ ...long, position: '0', averagePrice: null, latch })).toMatchObject({
      forced: true,
      fired: false,
      latch,
    });
    expect(stopLoss({ ...long, lastPrice: '120', latch })).toMatchObject({ forced: true, fired: false, latch });
    expect(stopLoss({ ...long, signal: null, position: '0', latch })).toMatchObject({ forced: true, latch });
  });

  it('is lifted by another target, so that the same one may come again later', () => {
    const latch = { signal: 1, atMs: 3 } as const;
    const flat = { ...long, position: '0', averagePrice: null };
    expect(stopLoss({ ...flat, signal: 0, latch })).toMatchObject({ forced: false, latch: null });
    expect(stopLoss({ ...flat, signal: 1 })).toMatchObject({ forced: false, latch: null });
  });

  it('does not fire for a target that leaves the losing position anyway', () => {
    expect(stopLoss({ ...long, signal: -1 })).toMatchObject({ forced: false, latch: null });
    expect(stopLoss({ ...long, signal: 0 })).toMatchObject({ forced: false, latch: null });
  });

  it('fires on a bar without a signal too', () => {
    expect(stopLoss({ ...long, signal: null })).toMatchObject({ fired: true, latch: { signal: 1, atMs: 7 } });
  });
});

describe('joining', () => {
  it('is at once, or at the first target that is another than the one at the start', () => {
    expect(hasJoined('now', false, 1, 1)).toBe(true);
    expect(hasJoined('next_entry', false, 1, 1)).toBe(false);
    expect(hasJoined('next_entry', false, 1, 0)).toBe(true);
    expect(hasJoined('next_entry', true, 1, 1)).toBe(true);
    expect(hasJoined('next_entry', false, null, null)).toBe(false);
    expect(hasJoined('next_entry', false, null, 1)).toBe(true);
  });
});
