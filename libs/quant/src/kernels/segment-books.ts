/** Values per cell. */
export const BOOK = 6;
export const EQUITY = 0;
/** Smallest ratio equity / running peak. */
export const WORST = 1;
export const LOW = 2;
export const PEAK = 3;
/** Sum of the returns and of their squares. */
export const SUM = 4;
export const SQUARE = 5;

/** Values of `entryBar` that are no entry inside the segment. */
export const FLAT = -1;
export const CARRIED = 0;

/**
 * What the cells did in one segment of bars, told relative to an equity of 1 at its first close, so that segments can
 * be computed apart and joined in order.
 *
 * A cell whose signal is on at the first close may bring an open trade or not, which only the segments before can tell:
 * `carried` tells what that trade does up to its end, `own` what happens afterwards.
 */
export interface SegmentBooks {
  readonly carried: Float64Array;
  readonly own: Float64Array;
  /** At the end of the segment: bar of entry of the open trade, `CARRIED` if it is the carried one, `FLAT` if none. */
  readonly entryBar: Int32Array;
}

/** Books of flat cells at an equity of 1. */
export function openBooks(books: Float64Array, from: number, to: number): void {
  for (let at = from * BOOK; at < to * BOOK; at += BOOK) {
    books[at] = books[at + WORST] = books[at + LOW] = books[at + PEAK] = 1;
    books[at + SUM] = books[at + SQUARE] = 0;
  }
}

export function newSegmentBooks(cells: number): SegmentBooks {
  const books = {
    carried: new Float64Array(cells * BOOK),
    own: new Float64Array(cells * BOOK),
    entryBar: new Int32Array(cells).fill(FLAT),
  };
  openBooks(books.carried, 0, cells);
  openBooks(books.own, 0, cells);
  return books;
}

/**
 * Joins the books of segments in order: one book per cell.
 *
 * @param open which cells come into the first with an open trade, 1 or 0; none where they are the first. Afterwards, which leave the last so.
 */
export function joinSegments(
  segments: readonly SegmentBooks[],
  open: Uint8Array = new Uint8Array(segments[0].entryBar.length),
): Float64Array {
  const cells = segments[0].entryBar.length;
  const whole = new Float64Array(cells * BOOK);
  openBooks(whole, 0, cells);
  for (const { carried, own, entryBar } of segments) {
    for (let cell = 0; cell < cells; cell++) {
      if (open[cell] === 1) append(whole, carried, cell * BOOK);
      append(whole, own, cell * BOOK);
    }
    carryOn(entryBar, open);
  }
  return whole;
}

/** Which cells leave a segment with an open trade, from which came into it with one. */
export function carryOn(entryBar: Int32Array, open: Uint8Array): void {
  for (let cell = 0; cell < entryBar.length; cell++)
    if (entryBar[cell] !== CARRIED) open[cell] = entryBar[cell] === FLAT ? 0 : 1;
}

/** Lets the books `next` of one cell follow on those of `whole`. */
function append(whole: Float64Array, next: Float64Array, at: number): void {
  const equity = whole[at];
  const peak = whole[at + PEAK];
  if (next[at + WORST] < whole[at + WORST]) whole[at + WORST] = next[at + WORST];
  const low = equity * next[at + LOW];
  if (low < whole[at + WORST] * peak) whole[at + WORST] = low / peak;
  const high = equity * next[at + PEAK];
  if (high > peak) whole[at + PEAK] = high;
  whole[at] = equity * next[at];
  whole[at + SUM] += next[at + SUM];
  whole[at + SQUARE] += next[at + SQUARE];
}
