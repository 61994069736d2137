import { hasYear, timeText } from '@assay/primitives';
import { NumberCell } from '../files/cells/number-cell';
import { TimeCell } from '../files/cells/time-bytes';
import { styleOf } from '../files/layout/file-style';
import type { TextLayout } from '../files/layout/layout';
import { ReadNotes, RepairList, type ReadNote } from '../files/read-note';
import { columnReaders, type ColumnReader } from '../files/rows/column-reader';
import { RowProblems } from '../files/rows/row-problems';
import { RowScanner } from '../files/rows/row-scanner';
import { WholeText } from '../files/rows/text-source';
import type { ObservationColumns } from './observation-columns';
import type { ObservationReadOptions } from './observation-options';
import { StatedTime } from './stated-time';

/** What a column of values holds. */
type Values = Pick<ColumnReader, 'values' | 'ignored'>;

/** Rows of observations, by event and availability. */
export interface ObservationRows {
  /** In the order of the columns; null for those that hold no values. */
  values: (Values | null)[];
  eventMs: Float64Array;
  availableMs: Float64Array;
  lines: Int32Array;
  count: number;
  repairs: ReadNote[];
}

/**
 * The rows of a file in the order of event and availability; what is wrong is refused by line and column.
 * @throws DomainError also for two rows of one event and one availability that differ
 */
export function readObservationRows(
  bytes: Uint8Array,
  layout: TextLayout,
  { event, available, columns }: ObservationColumns,
  options: ObservationReadOptions & { lagMs: number | null; notes: ReadNotes },
): ObservationRows {
  const { notes, zone, lagMs } = options;
  const { mark, order } = styleOf(new WholeText(bytes), layout, options, notes);
  const eventTime = new StatedTime(bytes, order, zone, notes);
  const availableTime =
    available < 0 ? eventTime : new StatedTime(bytes, orderOf(bytes, layout, available, options), zone, notes);
  const capacity = linesFrom(bytes, layout.from);
  const problems = new RowProblems(bytes, layout.place);
  const values = columns.map(({ role, name }) => ({ role: role === 'extra' ? role : ('skip' as const), name }));
  const readers = columnReaders(values, {
    ...{ bytes, problems, number: new NumberCell(bytes, mark, notes), time: new TimeCell(bytes, order) },
    ...{ daily: false, newestFirst: false, clocked: false, wallClock: null, dateClock: null },
    ...{ onDated: () => undefined, onWall: () => undefined },
  });
  for (const reader of readers) reader?.begin(capacity);
  const [eventMs, availableMs] = [new Float64Array(capacity), new Float64Array(capacity)];
  const lines = new Int32Array(capacity);
  const scanner = new RowScanner(bytes, layout.delimiter, columns.length);
  const bad = new RepairList('bad_rows', (n) => `${n} rows that broke a rule were left out in all`);
  const [eventName, availableName] = [columns[event].name, available < 0 ? '' : columns[available].name];
  const readTime = (time: StatedTime, line: number, column: number): boolean => {
    const [from, to] = [scanner.starts[column], scanner.ends[column]];
    if (time.read(line, from, to)) return true;
    problems.time(line, columns[column].name, from, to);
    return false;
  };
  let count = 0;
  for (let from = layout.from, line = layout.line; from < bytes.length && !problems.full; line += 1) {
    from = scanner.next(from);
    if (scanner.blank) continue;
    const before = problems.count;
    if (scanner.cells !== columns.length) problems.cells(line, columns.length, scanner.cells);
    else if (layout.symbols?.isOther(scanner)) continue;
    else if (readTime(eventTime, line, event)) {
      eventMs[count] = eventTime.beginMs;
      if (lagMs !== null) {
        availableMs[count] = eventTime.endMs + lagMs;
        if (!hasYear(availableMs[count])) {
          const must = `known in the years 1 to 9999 of UTC, ${options.availableAfter!} after it`;
          problems.cell(line, eventName, 'available_year', must, scanner.starts[event], scanner.ends[event]);
        }
        notes.recogniseOnce('available', () => lagText(options.availableAfter!, eventTime.isDate), line);
      } else if (readTime(availableTime, line, available)) {
        availableMs[count] = availableTime.endMs;
        if (availableTime.isDate) notes.recogniseOnce('available', () => dateText(availableName, zone), line);
        if (availableMs[count] < eventMs[count]) {
          const must = `at or after ${eventName} ${timeText(eventMs[count])}: a forecast's event is the time at which it was made`;
          problems.cell(line, availableName, 'after_event', must, scanner.starts[available], scanner.ends[available]);
        }
      }
      readers.forEach((reader, c) => reader?.read(count, line, scanner.starts[c], scanner.ends[c]));
    }
    if (problems.count > before) {
      if (options.skipBad !== true) continue;
      const [{ message }] = problems.takeBack(before);
      const row = line;
      bad.add(row, () => `${message}: left out`);
      continue;
    }
    lines[count] = line;
    count += 1;
  }
  problems.throwIfAny();
  return orderedRows(
    { values: readers, eventMs, availableMs, lines, count, repairs: bad.all() },
    layout,
    bytes,
    eventName,
  );
}

/** Order of day and month of the column of availabilities, which may be written otherwise than that of events. */
function orderOf(
  bytes: Uint8Array,
  layout: TextLayout,
  available: number,
  options: ObservationReadOptions,
): 'dmy' | 'mdy' | null {
  const columns = layout.columns.map(({ name }, at) => ({
    role: at === available ? ('time' as const) : ('skip' as const),
    name,
  }));
  return styleOf(new WholeText(bytes), { ...layout, columns }, options, new ReadNotes()).order;
}

const lagText = (lag: string, isDate: boolean): string =>
  `each value is taken as known ${lag} after ${isDate ? 'the end of ' : ''}its event, as available_after states`;
const dateText = (name: string, zone: string | undefined): string =>
  `${name} is a date: its values are known from its end on, by the clocks of ${zone ?? 'UTC'}`;

function linesFrom(bytes: Uint8Array, from: number): number {
  let lines = 1;
  for (let at = bytes.indexOf(10, from); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}

/** Rows by event and availability; of rows that are equal in every column one. @throws DomainError for two that differ */
function orderedRows(rows: ObservationRows, layout: TextLayout, bytes: Uint8Array, eventName: string): ObservationRows {
  const { eventMs, availableMs, lines, count } = rows;
  const order = Array.from({ length: count }, (_, i) => i);
  order.sort((a, b) => eventMs[a] - eventMs[b] || availableMs[a] - availableMs[b] || a - b);
  const problems = new RowProblems(bytes, layout.place);
  const dropped = new RepairList('duplicate_rows', (n) => `${n} rows that repeat another were left out in all`);
  const kept: number[] = [];
  for (const row of order) {
    const last = kept.at(-1);
    if (last === undefined || eventMs[last] !== eventMs[row] || availableMs[last] !== availableMs[row]) {
      kept.push(row);
      continue;
    }
    const differing = rows.values.findIndex(
      (one) => one?.ignored === null && !Object.is(one.values[last], one.values[row]),
    );
    if (differing < 0)
      dropped.add(lines[row], () => `${layout.place} ${lines[row]} repeats ${layout.place} ${lines[last]}: left out`);
    else {
      const { values } = rows.values[differing]!;
      const name = layout.columns[differing].name;
      problems.conflict(lines[row], eventName, eventMs[row], {
        line: lines[last],
        name,
        values: [values[last], values[row]],
      });
    }
  }
  problems.throwIfAny();
  const ordered = (column: Float64Array): Float64Array => Float64Array.from(kept, (i) => column[i]);
  return {
    ...{ eventMs: ordered(eventMs), availableMs: ordered(availableMs), lines: Int32Array.from(kept, (i) => lines[i]) },
    values: rows.values.map((one) => one && { values: ordered(one.values), ignored: one.ignored }),
    ...{ count: kept.length, repairs: [...rows.repairs, ...dropped.all()] },
  };
}
