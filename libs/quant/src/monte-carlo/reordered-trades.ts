import { requireThat } from '../errors/invalid-input';
import { createRng } from '../random';

/**
 * Fills `order` with the bars of another order of the same trades: the history is cut at every entry, and the pieces
 * (a trade with the flat bars after it; what lies before the first entry stays in front) follow each other at random. Returns within
 * a piece stay together, so the compounded return is the same and the way to it another.
 */
export function tradeShuffler(
  seed: number | string,
  bars: number,
  entries: ArrayLike<number>,
): (order: Int32Array) => void {
  const starts = [...new Set(Array.from(entries))].sort((a, b) => a - b);
  const inside = starts.every((at) => Number.isInteger(at) && at >= 0 && at < bars);
  requireThat(inside, 'entries', `bars from 0 to ${bars - 1}`, starts.find((at) => !(at >= 0 && at < bars)) ?? null);
  const pieces = starts.map((from, k) => [from, starts[k + 1] ?? bars] as const);
  const rng = createRng(seed);
  const turn = pieces.map((_, k) => k);
  return (order) => {
    rng.shuffle(turn);
    let at = 0;
    const first = starts[0] ?? bars;
    for (; at < first; at++) order[at] = at;
    for (const k of turn) for (let t = pieces[k][0]; t < pieces[k][1]; t++) order[at++] = t;
  };
}
