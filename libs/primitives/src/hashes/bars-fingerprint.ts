import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json';

const CORE = ['openTimeMs', 'open', 'high', 'low', 'close', 'volume'] as const;

/** Columns of equal length, one number a bar. */
export interface FingerprintedBars extends Readonly<Record<(typeof CORE)[number], Float64Array>> {
  readonly timeframe: string;
  readonly extra: Readonly<Record<string, Float64Array>>;
}

/**
 * SHA-256 over the names and the 64-bit patterns of all columns (extra ones in name order) of bars [from, to).
 * Any changed, added or removed bar or column changes it; symbol and source do not enter.
 */
export function barsFingerprint(bars: FingerprintedBars, from = 0, to = bars.openTimeMs.length): string {
  const extras = Object.keys(bars.extra).sort();
  const hash = createHash('sha256');
  hash.update(canonicalJson({ columns: [...CORE, ...extras], count: to - from, timeframe: bars.timeframe }));
  for (const column of [...CORE.map((name) => bars[name]), ...extras.map((name) => bars.extra[name]!)]) {
    const part = column.subarray(from, to);
    hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  }
  return hash.digest('hex');
}
