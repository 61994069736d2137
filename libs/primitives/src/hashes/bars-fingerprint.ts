import { createHash, type Hash } from 'node:crypto';
import { canonicalJson } from './canonical-json';

const CORE = ['openTimeMs', 'open', 'high', 'low', 'close', 'volume'] as const;

/** Columns of equal length, one number a bar. */
export interface FingerprintedBars extends Readonly<Record<(typeof CORE)[number], Float64Array>> {
  readonly timeframe: string;
  readonly extra: Readonly<Record<string, Float64Array>>;
}

/** Numbers hashed in one go: 4 MB, some 3 ms. */
const NUMBERS_PER_STEP = 1 << 19;

/**
 * SHA-256 over the names and the 64-bit patterns of all columns (extra ones in name order) of bars [from, to).
 * Any changed, added or removed bar or column changes it; symbol and source do not enter.
 */
export function barsFingerprint(bars: FingerprintedBars, from = 0, to = bars.openTimeMs.length): string {
  const steps = fingerprintSteps(bars, from, to);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps of some milliseconds, for who has other things to do in between; the bars must not change meanwhile. */
export function* fingerprintSteps(
  bars: FingerprintedBars,
  from = 0,
  to = bars.openTimeMs.length,
): Generator<void, string, void> {
  const { hash, names } = begun({ timeframe: bars.timeframe, extra: Object.keys(bars.extra), count: to - from });
  for (const column of names.map((name) => (isCore(name) ? bars[name] : bars.extra[name]!)))
    for (let at = from; at < to; at += NUMBERS_PER_STEP) {
      const part = column.subarray(at, Math.min(at + NUMBERS_PER_STEP, to));
      hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
      if (at + NUMBERS_PER_STEP < to) yield;
    }
  return hash.digest('hex');
}

/** What a fingerprint covers beside the numbers. */
export interface FingerprintedColumns {
  timeframe: string;
  extra: readonly string[];
  count: number;
}

/** The same of columns that do not lie in memory: `bytesOf` gives the little-endian bytes of a column, part after part. */
export async function columnsFingerprint(
  columns: FingerprintedColumns,
  bytesOf: (name: string) => AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<string> {
  const { hash, names } = begun(columns);
  for (const name of names) for await (const part of bytesOf(name)) hash.update(part);
  return hash.digest('hex');
}

const isCore = (name: string): name is (typeof CORE)[number] => (CORE as readonly string[]).includes(name);

/** Further columns in the order of their names, whichever they come in. */
function begun({ timeframe, extra, count }: FingerprintedColumns): { hash: Hash; names: string[] } {
  const names = [...CORE, ...[...extra].sort()];
  const hash = createHash('sha256').update(canonicalJson({ columns: names, count, timeframe }));
  return { hash, names };
}
