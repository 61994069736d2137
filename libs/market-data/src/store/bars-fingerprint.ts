import { createHash } from 'node:crypto';
import { STANDARD_COLUMNS, type BarColumns } from '@assay/domain';

/**
 * SHA-256 over the names and the 64-bit patterns of all columns (extra ones in name order): any changed, added or
 * removed bar or column changes it; symbol and source do not enter.
 */
export function fingerprintBars(bars: BarColumns): string {
  const extras = Object.keys(bars.extra).sort();
  const columns = ['openTimeMs', ...STANDARD_COLUMNS, ...extras];
  const hash = createHash('sha256');
  hash.update(JSON.stringify({ columns, count: bars.openTimeMs.length, timeframe: bars.timeframe }));
  const values = [
    bars.openTimeMs,
    ...STANDARD_COLUMNS.map((name) => bars[name]),
    ...extras.map((name) => bars.extra[name]),
  ];
  for (const column of values) hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  return hash.digest('hex');
}
