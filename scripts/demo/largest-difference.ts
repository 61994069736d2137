/** Of two sets of metrics, relative to values above 1; infinite where one of them is undefined in one set only. */
export function largestDifference(a: Record<string, number | null>, b: Record<string, number | null>): number {
  let largest = 0;
  for (const key of Object.keys(a)) {
    const [x, y] = [a[key], b[key]];
    if (x === null || y === null) {
      if (x !== y) return Infinity;
    } else largest = Math.max(largest, Math.abs(x - y) / Math.max(1, Math.abs(x)));
  }
  return largest;
}
