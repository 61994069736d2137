import { invalid } from '@assay/primitives';
import { columnName, columnsOf, type FileColumn } from '../files/layout/column-names';

/** Where the columns of a file of observations stand; -1 where there is none. */
export interface ObservationColumns {
  /** As the reader of bars knows them: the event is the time, values are further columns. */
  columns: FileColumn[];
  event: number;
  available: number;
}

/** Names of columns as sources write them, the preferred one first. */
const EVENT = 'event_time event_date observation_date reference_date period_end fiscal_date_ending date period'.split(
  ' ',
);
const AVAILABLE = (
  'available_at available released_at release_date published_at publication_date realtime_start filing_date filed ' +
  'acceptance_time'
).split(' ');
/** Of FRED's interface: until when a value was the valid one, which the next row says too. */
const SKIPPED = new Set(['realtime_end', '-', '']);
const MOST_SERIES = 256;

/** Roles by the names of a header, in any case and order. @throws DomainError about the header */
export function observationColumnsOf(cells: readonly string[], header: string): ObservationColumns {
  const names = cells.map(columnName);
  const known = columnsOf(cells);
  const first = (wanted: readonly string[]): number =>
    names.indexOf(wanted.find((name) => names.includes(name)) ?? '\0');
  const available = first(AVAILABLE);
  const named = first(EVENT);
  const event = named >= 0 ? named : known.findIndex(({ role }, at) => role === 'time' && at !== available);
  const value = header.slice(0, 120);
  if (event < 0) {
    const message = `header must name the event_time or date that each value is about, was ${value}`;
    throw invalid([{ field: 'header.event_time', rule: 'required', value, message }]);
  }
  const columns = names.map((name, at): FileColumn => {
    if (at === event) return { role: 'time', name };
    if (at === available || SKIPPED.has(name)) return { role: 'skip', name };
    return { role: known[at].role === 'symbol' ? 'symbol' : 'extra', name };
  });
  requireValues(columns, value);
  return { columns, event, available };
}

function requireValues(columns: readonly FileColumn[], value: string): void {
  const values = columns.filter(({ role }) => role === 'extra').map(({ name }) => name);
  const doubled = values.find((name, at) => values.indexOf(name) !== at);
  const problem =
    values.length === 0
      ? ['required', 'name at least one column of values beside its times']
      : values.length > MOST_SERIES
        ? ['max_columns', `name at most ${MOST_SERIES} columns of values`]
        : doubled !== undefined
          ? ['unique', `name ${doubled} once`]
          : null;
  if (problem)
    throw invalid([{ field: 'header', rule: problem[0], value, message: `header must ${problem[1]}, was ${value}` }]);
}
