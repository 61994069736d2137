export interface DatedReturns {
  openTimeMs: Float64Array;
  returns: Float64Array;
}

/** Pairwise correlation of returns on the bars that two series share; null where it is undefined. */
export function correlationMatrix(series: readonly DatedReturns[]): (number | null)[][] {
  return series.map((a, i) => series.map((b, j) => (i === j ? 1 : correlation(a, b))));
}

function correlation(a: DatedReturns, b: DatedReturns): number | null {
  const byTime = new Map(Array.from(b.openTimeMs, (time, i) => [time, b.returns[i]!]));
  const pairs = Array.from(a.openTimeMs, (time, i) => [a.returns[i]!, byTime.get(time)] as const).filter(
    (pair): pair is readonly [number, number] => pair[1] !== undefined,
  );
  const n = pairs.length;
  if (n < 2) return null;
  const meanX = pairs.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = pairs.reduce((sum, [, y]) => sum + y, 0) / n;
  let [xx, yy, xy] = [0, 0, 0];
  for (const [x, y] of pairs) {
    xx += (x - meanX) ** 2;
    yy += (y - meanY) ** 2;
    xy += (x - meanX) * (y - meanY);
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : null;
}
