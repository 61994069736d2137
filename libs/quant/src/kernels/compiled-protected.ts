import { Arena, type CompiledKernels } from './compiled-kernels';
import { STRIDE, TILE_BARS } from './mean-ranking';
import { POSITION, type ProtectedCosts } from './protected-cells';
import type { CrossSignals, HysteresisSignals, SignalGroups } from './protected-templates';
import { MOMENT_CARRY } from './rolling-moments-tile';
import { BLOCK_BARS } from './segment-table';

const F64 = 8;
const I32 = 4;

/** What both templates read and write, see `ProtectedCells`; `books` are filled in place. */
export interface ProtectedColumns {
  readonly close: Float64Array;
  readonly bars: Float64Array;
  readonly rules: Float64Array;
  readonly books: Float64Array;
  readonly costs: ProtectedCosts;
}

/** Places arrays of known content and copies them in once the memory is there. */
class Placed {
  private readonly floats: [number, Float64Array][] = [];
  private readonly ints: [number, Int32Array][] = [];

  constructor(readonly arena: Arena) {}

  put(values: Float64Array | Int32Array): number {
    const address = this.arena.place(values.byteLength);
    if (values instanceof Float64Array) this.floats.push([address, values]);
    else this.ints.push([address, values]);
    return address;
  }

  /** Room for so many bytes, all zero. */
  zeros(bytes: number): number {
    return this.put(new Int32Array(Math.ceil(bytes / I32)));
  }

  commit(): CompiledKernels {
    const kernels = this.arena.commit();
    for (const [address, values] of this.floats) this.arena.floats(address, values.length).set(values);
    for (const [address, values] of this.ints) this.arena.ints(address, values.length).set(values);
    return kernels;
  }
}

/** Runs `kernel` between opening the ledger and taking the books out. */
function withLedger(
  placed: Placed,
  { bars, rules, books, costs }: ProtectedColumns,
  cells: number,
  kernel: (kernels: CompiledKernels) => void,
): void {
  const { arena } = placed;
  const [barsAt, rulesAt, booksAt] = [placed.put(bars), placed.put(rules), placed.put(books)];
  const positionsAt = placed.zeros(cells * POSITION * F64);
  const kernels = placed.commit();
  kernels.openProtected(barsAt, rulesAt, booksAt, positionsAt, costs.enter, costs.exit, costs.exitAtTarget);
  kernel(kernels);
  books.set(arena.floats(booksAt, books.length));
}

/** `runProtectedCross` by the compiled kernel. */
export function compiledProtectedCross(columns: ProtectedColumns, signals: CrossSignals, groups: SignalGroups): void {
  const { windows, fast, slow } = signals;
  const { starts, firstRule } = groups;
  const placed = new Placed(new Arena());
  const x = placed.put(columns.close);
  const [windowsAt, startsAt, fastAt, slowAt] = [windows, starts, fast, slow].map((list) => placed.put(list));
  const statesAt = placed.zeros(fast.length);
  const means = placed.arena.place(windows.length * STRIDE * F64);
  const turns = placed.arena.place(TILE_BARS * I32);
  withLedger(placed, columns, starts[fast.length], (kernels) =>
    kernels.protectedCross(
      ...[x, columns.close.length, windowsAt, windows.length, fast.length, startsAt, fastAt, slowAt],
      ...[firstRule, statesAt, means, turns],
    ),
  );
}

/** `runProtectedHysteresis` by the compiled kernel. */
export function compiledProtectedHysteresis(
  columns: ProtectedColumns,
  signals: HysteresisSignals,
  groups: SignalGroups,
): void {
  const { windows, lines } = signals;
  const { starts, firstRule } = groups;
  const placed = new Placed(new Arena());
  const x = placed.put(columns.close);
  const [windowsAt, signalsAt, startsAt] = [windows, signals.starts, starts].map((list) => placed.put(list));
  const linesAt = placed.put(lines);
  const carry = placed.zeros(windows.length * MOMENT_CARRY * F64);
  const held = placed.zeros(lines.length);
  const means = placed.arena.place(BLOCK_BARS * F64);
  const scores = placed.arena.place((BLOCK_BARS + 4) * F64);
  const turns = placed.arena.place(BLOCK_BARS * I32);
  withLedger(placed, columns, starts[lines.length], (kernels) =>
    kernels.protectedHysteresis(
      ...[x, columns.close.length, windowsAt, windows.length, signalsAt, linesAt, startsAt],
      ...[firstRule, carry, held, means, scores, turns],
    ),
  );
}
