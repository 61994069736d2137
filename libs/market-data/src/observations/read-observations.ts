import { invalid } from '@assay/primitives';
import { ZoneClock } from '../files/cells/zone-clock';
import type { TextLayout } from '../files/layout/layout';
import { tableHead } from '../files/layout/table-head';
import { openedText } from '../files/read-bars-file';
import { refuseRepairs } from '../files/read-bars-text';
import { ReadNotes, type ReadNote } from '../files/read-note';
import { symbolsOf } from '../files/rows/symbols';
import type { FileText } from '../files/unwrap/file-text';
import { WholeText } from '../files/rows/text-source';
import { observationColumnsOf, type ObservationColumns } from './observation-columns';
import type { ObservationReadOptions } from './observation-options';
import { readObservationRows, type ObservationRows } from './observation-rows';
import type { Observations } from './observations';
import { stretchOf } from './stretch';

export interface ReadObservations {
  /** One a column of values that has any, in the order of the file. */
  series: { name: string; observations: Observations }[];
  recognised: ReadNote[];
  repairs: ReadNote[];
}

const PLAIN_NAMES = new Set(['value', 'values', 'close']);
const MOST_NAME = 64;

/**
 * Observations of a file of any kind that bars come in, by the same rules for numbers, times, zones and containers: a
 * column of what each row is about (`event_time`, `date`), one of since when it is known (`available_at`, `release_date`
 * and the like) and columns of values, each a series. A date alone is known at its end. Needs nothing but its arguments.
 * @throws DomainError `validation_failed` with line, column, rule and value; where nothing says when values became known
 */
export async function readObservations(
  input: Uint8Array,
  options: ObservationReadOptions = {},
): Promise<ReadObservations> {
  const notes = new ReadNotes();
  if (options.zone !== undefined && !ZoneClock.isZone(options.zone)) {
    const message = `zone must be an IANA time zone such as Asia/Hong_Kong, was ${options.zone}`;
    throw invalid([{ field: 'zone', rule: 'time_zone', value: options.zone, message }]);
  }
  const text = await openedText(input, options, notes);
  const { layout, at } = layoutOf(text, options, notes);
  const lagMs = lagOf(options.availableAfter, at);
  const rows = readObservationRows(text.bytes, layout, at, { ...options, lagMs, notes });
  const series = seriesOf(layout, rows, options, notes);
  if (options.strict) refuseRepairs(rows.repairs);
  return { series, recognised: notes.recognised, repairs: rows.repairs };
}

function layoutOf(
  text: FileText,
  options: ObservationReadOptions,
  notes: ReadNotes,
): { layout: TextLayout; at: ObservationColumns } {
  const { delimiter, rows, body, before } = tableHead(text, notes);
  const header = body[0]?.text ?? '';
  const names = options.columns ?? rows[0] ?? [''];
  const at = observationColumnsOf(names, header);
  const isStatedRow = options.columns !== undefined && /^\d/.test(rows[0]?.[at.event] ?? '');
  const lines = isStatedRow ? 0 : 1;
  const layout: TextLayout = {
    ...{ delimiter, columns: at.columns, header, form: null, symbols: null, place: text.place },
    from: body[lines]?.from ?? body[lines - 1]?.next ?? text.bytes.length,
    line: text.place === 'line' ? before + lines + 1 : 1,
  };
  return { layout: { ...layout, symbols: symbolsOf(new WholeText(text.bytes), layout, options.symbol, notes) }, at };
}

/** Milliseconds from an event until its value is known; null where the file says when. @throws DomainError */
function lagOf(lag: string | undefined, { available }: ObservationColumns): number | null {
  if (lag !== undefined && available >= 0) {
    const message = `available_after must not be given for a file that says when each value became available, was ${lag}`;
    throw invalid([{ field: 'available_after', rule: 'not_applicable', value: lag, message }]);
  }
  if (available >= 0) return null;
  if (lag === undefined) {
    const message =
      'header must name available_at, since when each value is known, or available_after must state how long after its ' +
      'event that is, such as 45d: without it a backtest would know values before anybody did';
    throw invalid([{ field: 'header.available_at', rule: 'required', value: null, message }]);
  }
  return stretchOf('available_after', lag);
}

/** Columns of values as series, without the rows in which they have none. @throws DomainError about names and columns */
function seriesOf(
  { columns }: TextLayout,
  { values, eventMs, availableMs }: ObservationRows,
  { series: stated, plainSeries }: ObservationReadOptions,
  notes: ReadNotes,
): ReadObservations['series'] {
  const found = columns.flatMap(({ name }, c) => {
    const reader = values[c];
    if (reader === null) return [];
    if (reader.ignored) {
      const { text, line } = reader.ignored;
      notes.recognise('ignored_column', `column ${name} is left out: ${text} is no number`, line);
      return [];
    }
    const rows = [...reader.values.keys()].filter((row) => !Number.isNaN(reader.values[row]));
    const pick = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row]);
    const observations = { eventMs: pick(eventMs), availableMs: pick(availableMs), value: pick(reader.values) };
    return rows.length === 0 ? [] : [{ name, observations }];
  });
  if (found.length === 0) {
    const message = 'the file must have at least 1 value, was 0';
    throw invalid([{ field: 'content', rule: 'min_rows', value: 0, message }]);
  }
  return named(found, stated, plainSeries);
}

function named(
  found: ReadObservations['series'],
  stated: string | undefined,
  plain: string | undefined,
): ReadObservations['series'] {
  const names = found.map(({ name }) => name);
  const problem = (rule: string, value: unknown, message: string): Error =>
    invalid([{ field: 'series', rule, value, message }]);
  if (stated !== undefined && found.length > 1)
    throw problem(
      'one_column',
      stated,
      `series must name the only column of values, but the file has ${names.join(', ')}, was ${stated}`,
    );
  if (stated !== undefined) return [{ ...found[0], name: stated }];
  const isPlain = names.length === 1 && PLAIN_NAMES.has(names[0]);
  if (isPlain && plain !== undefined) return [{ ...found[0], name: plain }];
  if (isPlain) throw problem('required', null, `series must name what the column ${names[0]} holds, was missing`);
  const long = names.find((name) => name.length > MOST_NAME);
  if (long !== undefined)
    throw problem(
      'max_length',
      long,
      `series must have names of at most ${MOST_NAME} characters, column ${long} has ${long.length}`,
    );
  return found;
}
