import { highestTie, lowestTie, PURE_NUMBER, type TieScale } from '../comparison/comparison';

/**
 * Signal of one value against a threshold: -1, 0 or 1; NaN when the value or the threshold is missing (no signal).
 * @param u scale of the value's ties; the bounded functions know theirs, a percentage.
 */
export type SignalFunction = (x: number, s: number, u: TieScale) => number;

/** The signal of a value against a threshold that is known. */
export type Signal = (x: number) => number;

const noSignal: Signal = () => NaN;

/** +1 above the upper line, `below` under the lower one, both strict; where both hold the first named wins. */
function momentum(lower: number, upper: number, u: TieScale, below: number): Signal {
  const high = highestTie(upper, u);
  const low = lowestTie(lower, u);
  return (x) => (x !== x ? NaN : x > high ? 1 : x < low ? below : 0);
}

/** +1 under the lower line, `above` over the upper one, both strict; where both hold the first named wins. */
function reversion(lower: number, upper: number, u: TieScale, above: number): Signal {
  const high = highestTie(upper, u);
  const low = lowestTie(lower, u);
  return (x) => (x !== x ? NaN : x < low ? 1 : x > high ? above : 0);
}

/** s and 100 - s name the same pair of lines, so 30 and 70 both mean the 30/70 bands. */
export function upperBoundedLine(s: number): number {
  return Math.max(s, 100 - s);
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

/** The lines are -s and s for a band, 100 - s' and s' = max(s, 100 - s) for bounded values; long only has no -1. */
export function signalAgainst(name: SignalName, s: number, u: TieScale): Signal {
  if (s !== s) return noSignal;
  const rule = name.startsWith('momentum') ? momentum : reversion;
  const other = name.endsWith('_long_only') ? 0 : -1;
  if (!isBoundedSignal(name)) return rule(-s, s, u, other);
  const upper = upperBoundedLine(s);
  return rule(100 - upper, upper, PURE_NUMBER, other);
}

/** The eight signal functions of the Strategy JSON by wire name. */
export const signalFunctions: ReadonlyMap<SignalName, SignalFunction> = new Map<SignalName, SignalFunction>(
  signalNames.map((name) => [name, (x, s, u) => signalAgainst(name, s, u)(x)]),
);

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
