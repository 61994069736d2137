import type { Timeframe } from '@assay/contracts';
import type { StandardColumn } from '@assay/domain';
import { invalid } from '@assay/primitives';
import type { DecimalMark } from './cells/number-text';
import { DayTimeCell, TimeCell, type TimeReader } from './cells/time-bytes';
import { ZoneClock } from './cells/zone-clock';
import type { FileColumn } from './layout/column-names';
import { styleOf } from './layout/file-style';
import type { TextLayout } from './layout/layout';
import { layoutOf } from './layout/text-layout';
import type { ReadNotes } from './read-note';
import type { ReadOptions } from './read-options';
import { settleCandleOrder } from './rows/candle-order';
import {
  checkSpacing,
  sampledSteps,
  sparseText,
  spacingOf,
  stepText,
  timeframeOfStep,
  type Spacing,
} from './rows/spacing';
import { symbolsOf } from './rows/symbols';
import type { TextSource } from './rows/text-source';
import type { FileText } from './unwrap/file-text';

/** What is known of all rows of a text before they are read. */
export interface SettledText {
  layout: TextLayout;
  present: ReadonlySet<'date' | StandardColumn>;
  mark: DecimalMark;
  time: TimeReader;
  newestFirst: boolean;
  timeframe: Timeframe;
}

/** @param text with the begin of the text at least, the source with all of it */
export function settledText(text: FileText, source: TextSource, options: ReadOptions, notes: ReadNotes): SettledText {
  checkZones(options);
  const layout = settledLayout(text, source, options, notes);
  const present = presentColumns(layout.columns);
  requireColumns(options.require ?? [], present, layout.header);
  const { mark, order } = styleOf(source, layout, options, notes);
  const time = timeReaderOf(text.bytes, layout, options, order);
  const spacing = spacingOf(sampledSteps(source, layout, time));
  const timeframe = timeframeOf(options.timeframe ?? '1d', spacing, notes);
  return { layout, present, mark, time, newestFirst: spacing.newestFirst, timeframe };
}

function settledLayout(text: FileText, source: TextSource, options: ReadOptions, notes: ReadNotes): TextLayout {
  const layout = settleCandleOrder(source, layoutOf(text, options, notes), notes);
  notes.facts.columns = layout.columns.map(({ name, role }) => ({ name, readAs: role === 'time' ? 'date' : role }));
  return { ...layout, symbols: symbolsOf(source, layout, options.symbol, notes) };
}

function timeReaderOf(
  bytes: Uint8Array,
  { form }: TextLayout,
  { zone }: ReadOptions,
  order: 'dmy' | 'mdy' | null,
): TimeReader {
  if (form?.baseDateMs === undefined) return new TimeCell(bytes, order);
  if (zone !== undefined) return new DayTimeCell(bytes, form.baseDateMs);
  const message =
    "zone must be given, such as America/New_York: LEAN's intraday times are milliseconds since midnight at the exchange";
  throw invalid([{ field: 'zone', rule: 'required', value: null, message }]);
}

function checkZones({ zone, dateZone }: ReadOptions): void {
  for (const name of [zone, dateZone]) {
    if (name === undefined || ZoneClock.isZone(name)) continue;
    const message = `zone must be an IANA time zone such as Asia/Hong_Kong, was ${name}`;
    throw invalid([{ field: 'zone', rule: 'time_zone', value: name, message }]);
  }
}

function timeframeOf(stated: Timeframe | 'recognise', spacing: Spacing, notes: ReadNotes): Timeframe {
  if (!Number.isNaN(spacing.stepMs)) notes.facts.spacing = stepText(spacing.stepMs);
  if (stated !== 'recognise') checkSpacing(stated, spacing);
  const timeframe = stated === 'recognise' ? timeframeOfStep(spacing.stepMs) : stated;
  notes.facts.timeframe = timeframe;
  const sparse = sparseText(timeframe, spacing);
  if (sparse) notes.recognise('sparse', sparse);
  if (stated === 'recognise' && timeframe !== '1d') notes.recognise('timeframe', `the bars are ${timeframe} bars`);
  return timeframe;
}

function presentColumns(columns: readonly FileColumn[]): Set<'date' | StandardColumn> {
  const present = new Set<'date' | StandardColumn>();
  for (const { role } of columns) {
    if (role === 'time') present.add('date');
    else if (role === 'open' || role === 'high' || role === 'low' || role === 'close' || role === 'volume')
      present.add(role);
  }
  return present;
}

function requireColumns(required: readonly string[], present: ReadonlySet<string>, header: string): void {
  const missing = required.filter((name) => !present.has(name));
  if (missing.length === 0) return;
  throw invalid(
    missing.map((name) => {
      const message = `header must have a column ${name}, was ${header.slice(0, 120)}`;
      return { field: `header.${name}`, rule: 'required', value: header.slice(0, 120), message };
    }),
  );
}
