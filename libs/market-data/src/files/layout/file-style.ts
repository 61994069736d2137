import { invalid } from '@assay/primitives';
import { textOf } from '../cells/number-bytes';
import { markOf, type DecimalMark } from '../cells/number-text';
import type { ReadNotes } from '../read-note';
import { eachRow } from '../rows/row-source';
import { includesByte, type TextSource } from '../rows/text-source';
import type { TextLayout } from './layout';
import { timeFormatOf, yearLastParts, type DayOrder } from '../cells/time-text';

export const DATE_FORMATS = ['dd/mm/yyyy', 'mm/dd/yyyy'] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

/** What the cells of a file mean where the same text could mean two things. */
export interface FileStyle {
  mark: DecimalMark;
  order: DayOrder | null;
}

/** Columns whose cells are no numbers. */
const UNMARKED = new Set(['time', 'clock', 'symbol', 'skip']);
const COMMA = 44;
const SEMICOLON = 59;
const QUOTE = 34;

/**
 * Decimal mark and order of day and month, from all cells of the file: one cell that allows a single reading decides.
 * Throws `validation_failed` that asks for `decimal` or `date_format` when every cell allows both.
 */
export function styleOf(
  source: TextSource,
  layout: TextLayout,
  given: { decimal?: DecimalMark; dateFormat?: DateFormat },
  notes: ReadNotes,
): FileStyle {
  // what is made text here has points
  const mark = layout.place !== 'line' ? 'point' : (given.decimal ?? decimalMarkOf(source, layout));
  notes.facts.decimal = mark;
  if (mark === 'comma') notes.recognise('decimal_comma', 'decimals are written with a comma');
  return { mark, order: dayOrderOf(source, layout, given.dateFormat, notes) };
}

function decimalMarkOf(source: TextSource, layout: TextLayout): DecimalMark {
  const { columns, delimiter, from } = layout;
  // where commas part cells, one can stand inside a cell in quotes only
  if (delimiter === COMMA && !includesByte(source, QUOTE, from)) return 'point';
  const marked = columns.flatMap(({ role }, c) => (UNMARKED.has(role) ? [] : [c]));
  // semicolons part cells where commas are decimals
  const marks = delimiter === SEMICOLON ? 'commas' : 'points';
  let sure: DecimalMark | null = null;
  let unsure: { text: string; line: number } | null = null;
  eachRow(source, layout, ({ starts, ends }, line, bytes) => {
    for (const c of marked) {
      const text = textOf(bytes, starts[c], ends[c]);
      const says = markOf(text, marks);
      if (says === 'either') unsure ??= { text, line };
      else if (says !== null) sure = says;
      if (sure !== null) return true;
    }
    return false;
  });
  if (sure !== null || unsure === null) return sure ?? 'point';
  const { text, line } = unsure as { text: string; line: number };
  const [whole, part] = text.split(/[.,]/);
  const message = `decimal must be given, point or comma: ${text} on line ${line} is ${whole}${part} or ${whole}.${part}, and no number of the file tells which`;
  throw invalid([{ field: 'decimal', rule: 'ambiguous', value: text, message }]);
}

function dayOrderOf(
  source: TextSource,
  layout: TextLayout,
  given: DateFormat | undefined,
  notes: ReadNotes,
): DayOrder | null {
  const c = layout.columns.findIndex(({ role }) => role === 'time');
  if (c < 0) return null;
  if (layout.form?.baseDateMs !== undefined) {
    notes.facts.timeFormat = 'milliseconds since midnight';
    return null;
  }
  let first: string | null = null;
  let firstLine = 0;
  let sure: DayOrder | null = null;
  eachRow(source, layout, ({ starts, ends }, line, bytes) => {
    const text = textOf(bytes, starts[c], ends[c]);
    first ??= text;
    firstLine ||= line;
    const parts = yearLastParts(text);
    // with points between them days come first everywhere, unless the file says otherwise
    if (parts === null || given !== undefined) return true;
    if (parts.first > 12) sure = 'dmy';
    else if (parts.second > 12) sure = 'mdy';
    return sure !== null;
  });
  if (first === null) return null;
  const parts = yearLastParts(first);
  if (parts === null) {
    const format = timeFormatOf(first);
    notes.facts.timeFormat = format?.format ?? 'ISO-8601';
    if (format) notes.recognise(format.code, `times are written as ${format.format}`, firstLine);
    return null;
  }
  const order = orderOf(given) ?? sure ?? (parts.separator === '.' ? 'dmy' : null);
  if (order === null) {
    const message = `date_format must be given, ${DATE_FORMATS.join(' or ')}: ${first} on ${layout.place} ${firstLine} allows both, and no date of the file tells which`;
    throw invalid([{ field: 'date_format', rule: 'ambiguous', value: first, message }]);
  }
  const format = (order === 'dmy' ? ['dd', 'mm', 'yyyy'] : ['mm', 'dd', 'yyyy']).join(parts.separator);
  notes.facts.timeFormat = format;
  notes.recognise('date_format', `times are written as ${format}`, firstLine);
  return order;
}

function orderOf(format: DateFormat | undefined): DayOrder | null {
  if (format === undefined) return null;
  return format === 'dd/mm/yyyy' ? 'dmy' : 'mdy';
}
