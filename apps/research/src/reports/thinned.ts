/**
 * Bars that a picture of the columns needs: all of a few, else of every one of `parts` stretches those where a column is
 * lowest and highest, so that no peak and no fall is lost; the first and the last always.
 *
 * @param columns of one length; NaN is never kept for itself
 */
export function keptBars(columns: readonly ArrayLike<number>[], parts: number): number[] {
  const bars = columns[0]?.length ?? 0;
  if (bars <= 2 * parts) return Array.from({ length: bars }, (_, bar) => bar);
  const kept = new Set([0, bars - 1]);
  for (let part = 0; part < parts; part++) {
    const [from, to] = [Math.floor((part * bars) / parts), Math.floor(((part + 1) * bars) / parts)];
    for (const column of columns) {
      let [low, high] = [-1, -1];
      for (let bar = from; bar < to; bar++) {
        const value = column[bar]!;
        if (Number.isNaN(value)) continue;
        if (low < 0 || value < column[low]!) low = bar;
        if (high < 0 || value > column[high]!) high = bar;
      }
      if (low >= 0) kept.add(low).add(high);
    }
  }
  return [...kept].sort((a, b) => a - b);
}
