import { isDated } from '@assay/contracts';
import { STANDARD_COLUMNS, type BarColumns } from '@assay/domain';

/** The columns as CSV text that `readBarsText` reads back to the same bits; NaN is an empty cell. */
export function barsToCsv(bars: BarColumns): string {
  const extras = Object.keys(bars.extra);
  const columns = [...STANDARD_COLUMNS.map((name) => bars[name]), ...extras.map((name) => bars.extra[name])];
  const lines = [['date', ...STANDARD_COLUMNS, ...extras].join(',')];
  for (let i = 0; i < bars.openTimeMs.length; i += 1) {
    const time = new Date(bars.openTimeMs[i]).toISOString();
    const cells = columns.map((column) => (Number.isNaN(column[i]) ? '' : String(column[i])));
    lines.push([isDated(bars.timeframe) ? time.slice(0, 10) : time, ...cells].join(','));
  }
  return `${lines.join('\n')}\n`;
}
