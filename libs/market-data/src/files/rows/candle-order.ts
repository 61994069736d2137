import { invalid } from '@assay/primitives';
import { numberOf } from '../cells/number-bytes';
import { columnsOf } from '../layout/column-names';
import type { TextLayout } from '../layout/layout';
import type { ReadNotes } from '../read-note';
import { eachRow } from './row-source';
import type { TextSource } from './text-source';

/**
 * Settles the order of six columns without a header, in seconds: open, high, low, close as nearly everybody writes, or
 * low, high, open, close as Coinbase does. Every row is asked; where all fit both, the values are the same either way.
 * @throws DomainError that asks for `columns` when neither fits all rows
 */
export function settleCandleOrder(text: TextSource, layout: TextLayout, notes: ReadNotes): TextLayout {
  if (!layout.form?.orderOpen) return layout;
  const misfits = { usual: 0, coinbase: 0 };
  eachRow(text, layout, ({ starts, ends }, _line, bytes) => {
    const [a, high, c, close] = [1, 2, 3, 4].map((cell) => numberOf(bytes, starts[cell], ends[cell]));
    const top = high >= a && high >= c && high >= close;
    if (!(top && c <= a && c <= close)) misfits.usual += 1;
    if (!(top && a <= c && a <= close)) misfits.coinbase += 1;
    return misfits.usual > 0 && misfits.coinbase > 0;
  });
  if (misfits.usual === 0) return layout;
  if (misfits.coinbase > 0) {
    const value = layout.header.slice(0, 80);
    const message =
      'columns must be given, time,open,high,low,close,volume or time,low,high,open,close,volume: ' +
      `the file has no header, and neither order fits all of its rows, the first is ${value}`;
    throw invalid([{ field: 'columns', rule: 'ambiguous', value, message }]);
  }
  notes.facts.layout = 'Coinbase';
  const at = notes.recognised.find(({ code }) => code === 'no_header');
  if (at)
    at.message =
      'there is no header: columns are time, low, high, open, close, volume, the only order that fits all rows';
  return { ...layout, columns: columnsOf(['open_time', 'low', 'high', 'open', 'close', 'volume']) };
}
