import { exponential } from './exponential';

/** 1 / (1 + e^-x) without overflow, by sums, products and quotients alone: its bits are those of every machine. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + exponential(-x));
  const e = exponential(x);
  return e / (1 + e);
}

/** Log loss of a label, 0, 1 or a target between, where the log-odds of 1 are `odds`. */
export function logLossOfOdds(odds: number, label: number): number {
  return Math.max(odds, 0) + Math.log1p(exponential(-Math.abs(odds))) - label * odds;
}
