import type { HysteresisGroups } from './bollinger-hysteresis';
import { costFactors } from './cell-ledger';
import { Arena, type CompiledKernels } from './compiled-kernels';
import { STRIDE } from './mean-ranking';
import { MOMENT_CARRY } from './rolling-moments-tile';
import type { SegmentBooks } from './segment-books';
import { BLOCK_BARS, segmentTableSize } from './segment-table';
import type { CrossStart } from './sma-cross';

const F64 = 8;
const I32 = 4;

/** Addresses of the ledger of a segment whose closes lie at `close`. */
function placeLedger(arena: Arena, bars: number, cells: number, bookBytes: number) {
  return {
    own: arena.place(bookBytes),
    carried: arena.place(bookBytes),
    entryBar: arena.place(cells * I32),
    held: arena.place(bars * 4 * F64),
    exits: arena.place(bars * 2 * F64),
    table: arena.place(segmentTableSize * F64),
  };
}

type LedgerPlaces = ReturnType<typeof placeLedger>;

function openLedger(
  kernels: CompiledKernels,
  arena: Arena,
  places: LedgerPlaces,
  close: number,
  bars: number,
  books: SegmentBooks,
  feeBps: number,
): void {
  const { own, carried, entryBar, held, exits, table } = places;
  const cells = books.entryBar.length;
  const { enter, exit } = costFactors(feeBps);
  arena.floats(own, books.own.length).set(books.own);
  arena.floats(carried, books.carried.length).set(books.carried);
  arena.ints(entryBar, cells).set(books.entryBar);
  kernels.openLedger(close, bars, cells, own, carried, entryBar, held, exits, table, enter, exit);
}

function closeLedger(kernels: CompiledKernels, arena: Arena, places: LedgerPlaces, books: SegmentBooks): void {
  kernels.closeLedger();
  books.own.set(arena.floats(places.own, books.own.length));
  books.carried.set(arena.floats(places.carried, books.carried.length));
  books.entryBar.set(arena.ints(places.entryBar, books.entryBar.length));
}

/** `runSmaCross` with a finished ledger, by the compiled kernels. */
export function crossSegment(
  close: Float64Array,
  first: number,
  last: number,
  start: CrossStart,
  books: SegmentBooks,
  feeBps: number,
): void {
  const { windows, codes, ranking, undecided } = start;
  const width = windows.length;
  // the blocks of a mean reach back less than two windows
  const begin = Math.max(0, first - 2 * windows[width - 1]);
  const closes = close.subarray(begin, last + 1);
  const arena = new Arena();
  const closeAt = arena.place(closes.length * F64);
  const windowsAt = arena.place(width * I32);
  const codesAt = arena.place(codes.length * I32);
  const orderAt = arena.place(width * I32);
  const sortedAt = arena.place(width * F64);
  const columnsAt = arena.place(width * STRIDE * F64);
  const leavingAt = arena.place((codes.length + 1) * I32);
  const undecidedAt = arena.place(codes.length * I32);
  const places = placeLedger(arena, last + 1 - first, books.entryBar.length, books.own.byteLength);
  const kernels = arena.commit();
  arena.floats(closeAt, closes.length).set(closes);
  arena.ints(windowsAt, width).set(windows);
  arena.ints(codesAt, codes.length).set(codes);
  arena.ints(undecidedAt, undecided.length).set(undecided);
  arena.ints(orderAt, width).set(ranking.order);
  arena.floats(sortedAt, width).set(ranking.sorted);
  const origin = closeAt - begin * F64;
  openLedger(kernels, arena, places, origin + first * F64, last + 1 - first, books, feeBps);
  kernels.cross(
    ...[origin, first, last, windowsAt, width, codesAt, orderAt, sortedAt, ranking.ranked, columnsAt, leavingAt],
    ...[undecidedAt, undecided.length],
  );
  closeLedger(kernels, arena, places, books);
}

/** `runBollingerHysteresis` with a finished ledger, by the compiled kernels. */
export function hysteresisSegment(
  close: Float64Array,
  groups: HysteresisGroups,
  books: SegmentBooks,
  feeBps: number,
): void {
  const { windows, starts, lines, squares } = groups;
  const cells = lines.length;
  const count = windows.length;
  const arena = new Arena();
  const closeAt = arena.place(close.byteLength);
  const startsAt = arena.place(starts.byteLength);
  const windowsAt = arena.place(windows.byteLength);
  const linesAt = arena.place(lines.byteLength);
  const squaresAt = arena.place(squares.byteLength);
  const cellsAt = arena.place(cells * I32);
  const carryAt = arena.place(count * MOMENT_CARRY * F64);
  const enteredAt = arena.place(count * I32);
  const meansAt = arena.place(BLOCK_BARS * F64);
  const m2sAt = arena.place(BLOCK_BARS * F64);
  const places = placeLedger(arena, close.length, cells, books.own.byteLength);
  const kernels = arena.commit();
  arena.floats(closeAt, close.length).set(close);
  arena.ints(startsAt, starts.length).set(starts);
  arena.ints(windowsAt, count).set(windows);
  arena.floats(linesAt, cells).set(lines);
  arena.floats(squaresAt, cells).set(squares);
  const list = arena.ints(cellsAt, cells);
  for (let cell = 0; cell < cells; cell++) list[cell] = cell;
  arena.floats(carryAt, count * MOMENT_CARRY).fill(0);
  arena.ints(enteredAt, count).set(starts.subarray(0, count));
  openLedger(kernels, arena, places, closeAt, close.length, books, feeBps);
  kernels.hysteresis(
    ...[closeAt, close.length, count, startsAt, windowsAt, linesAt, squaresAt, cellsAt],
    ...[carryAt, enteredAt, meansAt, m2sAt],
  );
  closeLedger(kernels, arena, places, books);
}
