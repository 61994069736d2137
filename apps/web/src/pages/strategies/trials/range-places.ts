/** Where a number of trials stands on a line from 1 to all of them, by ratio: 0 to 1. */
export function placeOf(trials: number, most: number): number {
  if (most <= 1) return 0;
  return Math.log(Math.min(Math.max(trials, 1), most)) / Math.log(most);
}
