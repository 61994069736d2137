import { timeText } from '@assay/primitives';
import { RepairList, type Place, type ReadNote } from '../read-note';
import type { RowProblems } from './row-problems';

/** Rows of a file as columns; `times` and `lines` are among them. */
export interface OrderedRows {
  times: Float64Array;
  lines: Int32Array;
  /** By the names that messages use. */
  columns: readonly { name: string; values: Float64Array }[];
  count: number;
}

export interface OrderOptions {
  timeName: string;
  newestFirst: boolean;
  sort: boolean;
  place: Place;
}

/**
 * Brings rows, in place, into the order of their times: those of a file that begins with the newest are turned round,
 * those in no order are sorted where that is wanted. Of rows that are equal in every column one is kept; two that differ
 * in one time are a problem, as are rows in no order. Returns how many rows are left.
 */
export function putInOrder(
  rows: OrderedRows,
  options: OrderOptions,
  problems: RowProblems,
): { count: number; repairs: ReadNote[] } {
  const repairs: ReadNote[] = [];
  const arrays = arraysOf(rows);
  let { newestFirst } = options;
  if (options.sort && !runsOneWay(rows, newestFirst)) {
    const moved = sortByTime(rows, arrays);
    repairs.push({
      code: 'sorted',
      message: `the rows were in no order: sorted by time, ${moved} of them moved`,
      count: moved,
    });
    newestFirst = false;
  }
  const neighbours = new Neighbours({ ...options, newestFirst }, problems);
  const count = neighbours.keep(rows);
  if (newestFirst) {
    for (const array of arrays) array.subarray(0, count).reverse();
    repairs.push(turnedRound(count));
  }
  return { count, repairs: [...repairs, ...neighbours.repairs()] };
}

/** Whether no row is before the one before it. */
export function runsOneWay({ times, count }: Pick<OrderedRows, 'times' | 'count'>, newestFirst: boolean): boolean {
  const sign = newestFirst ? -1 : 1;
  for (let i = 1; i < count; i += 1) if ((times[i] - times[i - 1]) * sign < 0) return false;
  return true;
}

/** Stable, so that equal times stay in the order of their lines. */
function sortByTime({ times, count }: OrderedRows, arrays: readonly (Float64Array | Int32Array)[]): number {
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort((a, b) => times[a] - times[b] || a - b);
  for (const array of arrays) {
    const before = array.slice(0, count);
    order.forEach((from, to) => (array[to] = before[from]));
  }
  return order.reduce((moved, from, to) => moved + Number(from !== to), 0);
}

/** Compares rows with those before them, over as many pieces as they come in. */
export class Neighbours {
  private readonly dropped = new RepairList(
    'duplicate_rows',
    (count) => `${count} rows that repeat another were left out in all`,
  );
  /** The last row that stays: where it lies. */
  private before: OrderedRows | null = null;
  private at = 0;

  constructor(
    private readonly options: Omit<OrderOptions, 'sort'>,
    private readonly problems: RowProblems,
  ) {}

  /** Moves, in place, the rows that stay to the front, and gives how many they are. */
  keep(rows: OrderedRows): number {
    const { times, lines, columns } = rows;
    const { timeName, newestFirst, place } = this.options;
    const { problems } = this;
    const arrays = arraysOf(rows);
    const sign = newestFirst ? -1 : 1;
    let kept = 0;
    for (let i = 0; i < rows.count && !problems.full; i += 1) {
      const { before, at } = this;
      const step = before === null ? 1 : (times[i] - before.times[at]) * sign;
      if (before !== null && step === 0) {
        const differing = columns.findIndex(({ values }, c) => !Object.is(values[i], before.columns[c].values[at]));
        const other = before.lines[at];
        if (differing < 0) {
          const [line, time] = [lines[i], times[i]];
          this.dropped.add(line, () => `${place} ${line}, ${timeText(time)}: repeats ${place} ${other}: left out`);
          continue;
        }
        const { name, values } = columns[differing];
        problems.conflict(lines[i], timeName, times[i], {
          ...{ line: other, name },
          values: [before.columns[differing].values[at], values[i]],
        });
      } else if (before !== null && step < 0)
        problems.order(lines[i], timeName, { previousMs: before.times[at], timeMs: times[i], newestFirst });
      if (kept !== i) for (const array of arrays) array[kept] = array[i];
      this.before = rows;
      this.at = kept;
      kept += 1;
    }
    if (this.before === rows) {
      this.before = rowOf(rows, this.at);
      this.at = 0;
    }
    return kept;
  }

  repairs(): ReadNote[] {
    return this.dropped.all();
  }
}

/** A copy of one of the rows. */
const rowOf = ({ times, lines, columns }: OrderedRows, at: number): OrderedRows => ({
  times: times.slice(at, at + 1),
  lines: lines.slice(at, at + 1),
  columns: columns.map(({ name, values }) => ({ name, values: values.slice(at, at + 1) })),
  count: 1,
});

export const turnedRound = (count: number): ReadNote => ({
  code: 'newest_first',
  message: 'the file begins with the newest bar: its rows were turned round',
  count,
});

const arraysOf = ({ times, lines, columns }: OrderedRows): (Float64Array | Int32Array)[] => [
  times,
  lines,
  ...columns.map(({ values }) => values),
];
