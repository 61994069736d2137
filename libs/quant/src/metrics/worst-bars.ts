/** Indices of the k lowest returns, the lowest first, ties by time; only losses, and no value that is not finite. */
export function worstBars(returns: Float64Array, k: number): number[] {
  const losses: number[] = [];
  for (let t = 0; t < returns.length; t++) if (returns[t] < 0 && returns[t] > -Infinity) losses.push(t);
  return losses.sort((a, b) => returns[a] - returns[b] || a - b).slice(0, k);
}
