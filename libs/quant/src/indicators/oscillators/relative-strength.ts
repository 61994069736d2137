/**
 * 100 - 100 / (1 + gain / loss), written so that no loss gives exactly 100 and no gain exactly 0. NaN when there was no
 * move at all (TA-Lib says 0 there, which would read as "all down"). Rounding below zero in a running mean counts as 0.
 */
export function relativeStrength(gain: number, loss: number): number {
  const up = gain < 0 ? 0 : gain;
  const down = loss < 0 ? 0 : loss;
  return 100 * (up / (up + down));
}
