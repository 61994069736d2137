import { isAbove, isBelow, PURE_NUMBER, type TieScale } from '../comparison/comparison';

/**
 * Signal of one value against a threshold: -1, 0 or 1; NaN when the value or the threshold is missing (no signal).
 * @param u scale of the value's ties; the bounded functions know theirs, a percentage.
 */
export type SignalFunction = (x: number, s: number, u: TieScale) => number;

/** +1 above s, -1 below -s, both strict. */
function momentumBand(x: number, s: number, u: TieScale): number {
  if (x !== x || s !== s) return NaN;
  return isAbove(x, s, u) ? 1 : isBelow(x, -s, u) ? -1 : 0;
}

/** +1 below -s, -1 above s, both strict. With a negative s both may hold; the first named wins, as in `momentumBand`. */
function reversionBand(x: number, s: number, u: TieScale): number {
  if (x !== x || s !== s) return NaN;
  return isBelow(x, -s, u) ? 1 : isAbove(x, s, u) ? -1 : 0;
}

/** s and 100 - s name the same pair of lines, so 30 and 70 both mean the 30/70 bands. */
export function upperBoundedLine(s: number): number {
  return Math.max(s, 100 - s);
}

/** +1 above the upper line s' = max(s, 100 - s), -1 below 100 - s'. */
function momentumBounded(x: number, s: number): number {
  if (x !== x || s !== s) return NaN;
  const upper = upperBoundedLine(s);
  return isAbove(x, upper, PURE_NUMBER) ? 1 : isBelow(x, 100 - upper, PURE_NUMBER) ? -1 : 0;
}

/** +1 below the lower line 100 - s', -1 above s'. */
function reversionBounded(x: number, s: number): number {
  if (x !== x || s !== s) return NaN;
  const upper = upperBoundedLine(s);
  return isBelow(x, 100 - upper, PURE_NUMBER) ? 1 : isAbove(x, upper, PURE_NUMBER) ? -1 : 0;
}

function longOnly(signal: SignalFunction): SignalFunction {
  return (x, s, u) => {
    const value = signal(x, s, u);
    return value === -1 ? 0 : value;
  };
}

export const signalNames = [
  'momentum_band_signal',
  'reversion_band_signal',
  'momentum_bounded_signal',
  'reversion_bounded_signal',
  'momentum_band_signal_long_only',
  'reversion_band_signal_long_only',
  'momentum_bounded_signal_long_only',
  'reversion_bounded_signal_long_only',
] as const;
export type SignalName = (typeof signalNames)[number];

/** The eight signal functions of the Strategy JSON by wire name. */
export const signalFunctions: ReadonlyMap<SignalName, SignalFunction> = new Map<SignalName, SignalFunction>([
  ['momentum_band_signal', momentumBand],
  ['reversion_band_signal', reversionBand],
  ['momentum_bounded_signal', momentumBounded],
  ['reversion_bounded_signal', reversionBounded],
  ['momentum_band_signal_long_only', longOnly(momentumBand)],
  ['reversion_band_signal_long_only', longOnly(reversionBand)],
  ['momentum_bounded_signal_long_only', longOnly(momentumBounded)],
  ['reversion_bounded_signal_long_only', longOnly(reversionBounded)],
]);

/** True when the function compares with the bounded lines s' and 100 - s', false for the band around zero. */
export function isBoundedSignal(name: SignalName): boolean {
  return name.includes('_bounded_');
}

/** The same direction and long-only suffix on the other kind of lines. */
export function otherKindOfSignal(name: SignalName): SignalName {
  return (
    isBoundedSignal(name) ? name.replace('_bounded_', '_band_') : name.replace('_band_', '_bounded_')
  ) as SignalName;
}
