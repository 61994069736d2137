import { requireThat } from '../errors/invalid-input';
import type { Rng } from '../random';

/** The same decisions `bars` later; before the first of them nothing is wanted. */
export function delayed(wanted: Float64Array, bars = 1): Float64Array {
  requireThat(Number.isInteger(bars) && bars >= 0, 'bars', 'an integer of at least 0', bars);
  const late = new Float64Array(wanted.length);
  late.set(wanted.subarray(0, Math.max(wanted.length - bars, 0)), Math.min(bars, wanted.length));
  return late;
}

/**
 * Wanted weights when an order is not filled with probability `share`: the weight before stays in force, and the next close sends the
 * order anew. Every close that wants another weight than the one in force is an order.
 */
export function withMissedFills(wanted: Float64Array, share: number, rng: Pick<Rng, 'next'>): Float64Array {
  requireThat(share >= 0 && share < 1, 'share', 'from 0 to below 1', share);
  const got = new Float64Array(wanted.length);
  let inForce = 0;
  for (let t = 0; t < wanted.length; t++) {
    if (wanted[t] !== inForce && rng.next() >= share) inForce = wanted[t];
    got[t] = inForce;
  }
  return got;
}
