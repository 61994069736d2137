import fc from 'fast-check';
import type { TieScale } from '../comparison/comparison';
import { isBoundedSignal, otherKindOfSignal, signalFunctions, signalNames } from './signal-functions';
import type { SignalName } from './signal-functions';

const call = (name: SignalName, x: number, s: number): number => signalFunctions.get(name)!(x, s, 1);

describe('signal functions', () => {
  it.each([
    ['momentum_band_signal', [2, 1, 0, -1, -2], 1, [1, 0, 0, 0, -1]],
    ['reversion_band_signal', [2, 1, 0, -1, -2], 1, [-1, 0, 0, 0, 1]],
    ['momentum_bounded_signal', [71, 70, 50, 30, 29], 70, [1, 0, 0, 0, -1]],
    ['reversion_bounded_signal', [71, 70, 50, 30, 29], 70, [-1, 0, 0, 0, 1]],
    ['momentum_band_signal_long_only', [2, 1, -2], 1, [1, 0, 0]],
    ['reversion_band_signal_long_only', [2, -1, -2], 1, [0, 0, 1]],
    ['momentum_bounded_signal_long_only', [71, 70, 29], 70, [1, 0, 0]],
    ['reversion_bounded_signal_long_only', [71, 30, 29], 70, [0, 0, 1]],
  ] as const)('%s is strict on both lines', (name, xs, s, expected) => {
    expect(xs.map((x) => call(name, x, s))).toEqual(expected);
  });

  it('reads a bounded 30 and a bounded 70 as the same pair of lines', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100, noNaN: true }), fc.integer({ min: 0, max: 100 }), (x, s) => {
        for (const name of signalNames.filter(isBoundedSignal)) expect(call(name, x, s)).toBe(call(name, x, 100 - s));
      }),
    );
  });

  it('gives no signal on a missing value and never shorts in the long-only forms', () => {
    for (const name of signalNames) {
      expect(call(name, NaN, 1)).toBeNaN();
      expect(call(name, 1, NaN)).toBeNaN();
      if (name.endsWith('_long_only'))
        for (const x of [-200, -1, 0, 1, 50, 200]) expect(call(name, x, 1)).toBeGreaterThanOrEqual(0);
    }
  });

  it('calls a value that misses its threshold by rounding a tie', () => {
    expect(0.1 + 0.2).not.toBe(0.3);
    for (const name of signalNames.filter((each) => !isBoundedSignal(each))) {
      const signal = signalFunctions.get(name)!;
      for (const u of [0, 1] as const) expect([signal(0.1 + 0.2, 0.3, u), signal(-0.1 - 0.2, 0.3, u)]).toEqual([0, 0]);
      expect(signal(1e-13, 0, 1)).toBe(0);
      // a price in units of 1e-13 is another price than none
      expect(Math.abs(signal(1e-13, 0, 0)) + Math.abs(signal(-1e-13, 0, 0))).toBeGreaterThan(0);
    }
    for (const name of signalNames.filter(isBoundedSignal))
      expect([call(name, 70 + 1e-14, 70), call(name, 30 - 1e-14, 70)]).toEqual([0, 0]);
  });

  it('pairs each function with its other kind', () => {
    expect(otherKindOfSignal('reversion_band_signal_long_only')).toBe('reversion_bounded_signal_long_only');
    for (const name of signalNames) expect(otherKindOfSignal(otherKindOfSignal(name))).toBe(name);
  });
});

const value = fc.oneof(
  fc.double({ min: -150, max: 250 }),
  fc.integer({ min: -2, max: 102 }),
  fc.constantFrom(NaN, 0, -0, 30, 70, 100, Infinity, -Infinity, Number.MIN_VALUE, Number.MAX_VALUE),
);

/** The definition; two infinite numbers, or a finite and an infinite one, are in no need of it. */
const equal = (x: number, s: number, u: number): boolean =>
  Number.isFinite(x - s) && Math.abs(x - s) <= 1e-12 * Math.max(Math.abs(x), Math.abs(s), u);

it('the map holds every name', () => {
  expect([...signalFunctions.keys()].sort()).toEqual([...signalNames].sort());
});

describe.each([...signalFunctions])('%s', (name, signal) => {
  it('is the rule of its name for any value and threshold, and no signal only where one of them is missing', () => {
    fc.assert(
      fc.property(value, value, fc.constantFrom<TieScale>(0, 1), (x, s, scale) => {
        const found = signal(x, s, scale);
        if (Number.isNaN(x) || Number.isNaN(s)) {
          expect(found).toBeNaN();
          return;
        }
        const high = isBoundedSignal(name) ? Math.max(s, 100 - s) : s;
        const low = isBoundedSignal(name) ? 100 - high : -s;
        const u = isBoundedSignal(name) ? 1 : scale;
        const above = x > high && !equal(x, high, u) ? 1 : 0;
        const below = x < low && !equal(x, low, u) ? 1 : 0;
        // with a negative threshold both hold: the rule named first wins
        const sign = name.startsWith('momentum') ? (above ? 1 : -below) : below ? 1 : -above;
        const expected = name.endsWith('_long_only') ? Math.max(0, sign) : sign;
        expect(found + 0).toBe(expected + 0);
      }),
    );
  });
});
