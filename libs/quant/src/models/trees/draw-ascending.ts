import type { Rng } from '../../random';

/** Draws `count` of 0 .. n - 1 without replacement, in ascending order (Knuth's algorithm S); all of them cost no draw. */
export function drawAscending(rng: Rng, n: number, count: number, out: Int32Array): void {
  if (count === n) {
    for (let i = 0; i < n; i++) out[i] = i;
    return;
  }
  let chosen = 0;
  for (let i = 0; chosen < count; i++) {
    const isTaken = n - i === count - chosen || rng.next() * (n - i) < count - chosen;
    if (isTaken) out[chosen++] = i;
  }
}
