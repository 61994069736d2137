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
  const arrays = [rows.times, rows.lines, ...rows.columns.map(({ values }) => values)];
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
  const { count, duplicates } = dropDuplicates(rows, arrays, { ...options, newestFirst }, problems);
  if (newestFirst) {
    for (const array of arrays) array.subarray(0, count).reverse();
    repairs.push({
      code: 'newest_first',
      message: 'the file begins with the newest bar: its rows were turned round',
      count,
    });
  }
  return { count, repairs: [...repairs, ...duplicates] };
}

function runsOneWay({ times, count }: OrderedRows, newestFirst: boolean): boolean {
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

function dropDuplicates(
  rows: OrderedRows,
  arrays: readonly (Float64Array | Int32Array)[],
  { timeName, newestFirst, place }: OrderOptions,
  problems: RowProblems,
): { count: number; duplicates: ReadNote[] } {
  const { times, lines, columns } = rows;
  const dropped = new RepairList('duplicate_rows', (count) => `${count} rows that repeat another were left out in all`);
  const sign = newestFirst ? -1 : 1;
  let kept = 0;
  for (let i = 0; i < rows.count && !problems.full; i += 1) {
    const step = kept === 0 ? 1 : (times[i] - times[kept - 1]) * sign;
    if (step === 0) {
      const differing = columns.find(({ values }) => !Object.is(values[i], values[kept - 1]));
      if (!differing) {
        const [line, other, time] = [lines[i], lines[kept - 1], times[i]];
        dropped.add(line, () => `${place} ${line}, ${timeText(time)}: repeats ${place} ${other}: left out`);
        continue;
      }
      const { name, values } = differing;
      problems.conflict(lines[i], timeName, times[i], {
        line: lines[kept - 1],
        name,
        values: [values[kept - 1], values[i]],
      });
    } else if (step < 0)
      problems.order(lines[i], timeName, { previousMs: times[kept - 1], timeMs: times[i], newestFirst });
    if (kept !== i) for (const array of arrays) array[kept] = array[i];
    kept += 1;
  }
  return { count: kept, duplicates: dropped.all() };
}
