import { hasMissing } from '../series';

/** Share of bars with a position: mean of |position| > 0; null for no bars or a position that is not finite. */
export function exposure(positions: Float64Array): number | null {
  if (positions.length === 0 || hasMissing(positions)) return null;
  let held = 0;
  for (let t = 0; t < positions.length; t++) if (Math.abs(positions[t]) > 0) held += 1;
  return held / positions.length;
}

/** Two-way turnover per year: sum of |p_t - p_(t-1)| from flat / (n / P); null where `exposure` is. */
export function turnover(positions: Float64Array, periodsPerYear: number): number | null {
  if (positions.length === 0 || hasMissing(positions)) return null;
  let traded = 0;
  let before = 0;
  for (let t = 0; t < positions.length; t++) {
    traded += Math.abs(positions[t] - before);
    before = positions[t];
  }
  return (traded * periodsPerYear) / positions.length;
}
