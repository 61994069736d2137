import type { Interventions } from './types';

/** Those of bars [from, to), counted from bar `from`. */
export function sliceInterventions(all: Interventions, from: number, to: number): Interventions {
  let first = 0;
  while (first < all.index.length && all.index[first] < from) first++;
  let last = first;
  while (last < all.index.length && all.index[last] < to) last++;
  return {
    index: all.index.slice(first, last).map((t) => t - from),
    price: all.price.subarray(first, last),
    weight: all.weight.subarray(first, last),
    reason: all.reason.subarray(first, last),
    decided: all.decided.subarray(from, to),
  };
}

/** The weight that bar t leaves in the middle of it, NaN where nothing happens beside the targets. */
export function lastWithin({ index, weight }: Interventions, t: number): number {
  for (let k = index.length - 1; k >= 0 && index[k] >= t; k--) if (index[k] === t) return weight[k];
  return NaN;
}
