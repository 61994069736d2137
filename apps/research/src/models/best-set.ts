import type { TunedSet } from '@assay/contracts';

/** The set of the highest mean Sharpe ratio out of sample, the first of equals; null where none has one. */
export function bestOf(sets: readonly TunedSet[]): TunedSet | null {
  const [best] = sets
    .filter((set) => set.mean_oos_sharpe !== null)
    .sort((a, b) => b.mean_oos_sharpe! - a.mean_oos_sharpe! || a.index - b.index);
  return best ?? null;
}
