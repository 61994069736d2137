import { isDated, type Timeframe } from '@assay/contracts';
import { STANDARD_COLUMNS, type BarColumns } from '@assay/domain';
import { csvHead, csvRows, type TableBatch, type TableColumn } from '@assay/tables';

/**
 * Columns of bars as a table, under names that every reader of files here knows. Dated bars have dates, since an instant would be
 * taken by the clock of a market.
 */
export const barTableColumns = (timeframe: Timeframe, extras: readonly string[]): TableColumn[] => [
  { name: 'date', type: isDated(timeframe) ? 'date' : 'timestamp' },
  ...[...STANDARD_COLUMNS, ...extras].map((name): TableColumn => ({ name, type: 'double' })),
];

export const barTableBatch = (bars: BarColumns, extras: readonly string[]): TableBatch => ({
  rows: bars.openTimeMs.length,
  values: [bars.openTimeMs, ...STANDARD_COLUMNS.map((name) => bars[name]), ...extras.map((name) => bars.extra[name])],
});

/** The columns as CSV text that `readBarsText` reads back to the same bits; NaN is an empty cell. */
export function barsToCsv(bars: BarColumns): string {
  const extras = Object.keys(bars.extra);
  const columns = barTableColumns(bars.timeframe, extras);
  return csvHead(columns) + csvRows(columns, barTableBatch(bars, extras));
}
