/**
 * When two numbers are the same although rounding tells them apart.
 *
 * A computed value x equals s when |x - s| <= 1e-12 max(|x|, |s|, u). `x > s` means greater and not equal, `x < s`
 * likewise, and a level is touched when the price equals it in this sense: three closes whose mean is the price are a
 * tie and no signal, a target of 10 % from 100 is filled at 110.
 *
 * u is 1 where the quantity is a pure number (ratio, return, z-score, percent, bounded oscillator): the terms it was
 * made of are about 1, so its rounding error is about 1e-16 however near to 0 it lies, and 1 - 1 + 1e-17 must equal 0.
 * u is 0 where it carries a unit (price, volume, money): the size of the unit is anybody's choice, and a token at 3e-10
 * keeps its ticks.
 *
 * Near the edge x and s have the same size, so taking |s| for max(|x|, |s|) moves the edge by 1e-24 of it, which no
 * double can hold. That makes the edge a line that depends on s alone: a loop over many x computes it once and compares
 * at no cost, with the very verdicts of the functions here.
 */
export const TIE = 1e-12;

/** u of the definition. */
export type TieScale = 0 | 1;
export const PURE_NUMBER: TieScale = 1;
export const WITH_UNIT: TieScale = 0;

/** The largest number that still equals s. */
export function highestTie(s: number, u: TieScale): number {
  const line = s + TIE * Math.max(Math.abs(s), u);
  return line - line === 0 ? line : s;
}

/** The smallest number that still equals s. */
export function lowestTie(s: number, u: TieScale): number {
  const line = s - TIE * Math.max(Math.abs(s), u);
  return line - line === 0 ? line : s;
}

/** x > s: greater and not equal. False when either is NaN. */
export function isAbove(x: number, s: number, u: TieScale): boolean {
  return x > highestTie(s, u);
}

/** x < s: less and not equal. False when either is NaN. */
export function isBelow(x: number, s: number, u: TieScale): boolean {
  return x < lowestTie(s, u);
}

/** x >= s: greater or equal. False when either is NaN. */
export function isAtLeast(x: number, s: number, u: TieScale): boolean {
  return x >= lowestTie(s, u);
}

/** x <= s: less or equal. False when either is NaN. */
export function isAtMost(x: number, s: number, u: TieScale): boolean {
  return x <= highestTie(s, u);
}

/** x = s. False when either is NaN. */
export function isTie(x: number, s: number, u: TieScale): boolean {
  return isAtLeast(x, s, u) && isAtMost(x, s, u);
}
