/**
 * The words of shared memory by which the threads of a fit agree. Work goes round by round: a round is one kind of work in
 * some numbered parts, which whoever is free takes; what a part gives does not depend on who took it.
 */
export const WORD = {
  /** Number of the round in the high bits; which parts nobody took yet in the low ones: from the first 8 up to below the second 8. */
  parts: 0,
  /** Parts of the round that are done. */
  done: 1,
  /** What kind of work the round is. */
  kind: 2,
  /** How many helpers sleep until there are parts. */
  sleepers: 3,
  /** 1 while the leader sleeps until parts are done. */
  waiting: 4,
  /** One of STAGE. */
  stage: 5,
} as const;
export const WORDS = 6;

export const STAGE = { open: 0, closed: 1, lost: 2 } as const;

const PART_BITS = 8;
export const MOST_PARTS = 2 ** PART_BITS - 1;
const ROUND = 2 ** (2 * PART_BITS);

/** The word of a round of so many parts. */
export const partsOf = (round: number, parts: number): number => round * ROUND + (parts << PART_BITS);

export const hasParts = (word: number): boolean => (word & MOST_PARTS) < ((word >> PART_BITS) & MOST_PARTS);

/** Looks at a word before a thread sleeps for it: about a tenth of a millisecond, more than most waits take. */
export const SPINS = 100_000;

/** Does part number `part` of work of this kind. */
export type DoPart = (kind: number, part: number) => void;

/**
 * Takes a part, -1 where none is left: the leader the first one, helpers the last one, so that in the next round each finds
 * in the cache of its core what it had before.
 */
export function takePart(words: Int32Array, isLeader: boolean): number {
  for (;;) {
    const seen = Atomics.load(words, WORD.parts);
    if (!hasParts(seen)) return -1;
    const next = isLeader ? seen + 1 : seen - (1 << PART_BITS);
    if (Atomics.compareExchange(words, WORD.parts, seen, next) !== seen) continue;
    return isLeader ? seen & MOST_PARTS : (next >> PART_BITS) & MOST_PARTS;
  }
}
