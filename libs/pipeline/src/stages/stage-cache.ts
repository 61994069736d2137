import type { BarColumns, StageMemo } from '@assay/domain';
import { barsFingerprint } from '@assay/primitives';

/** Most bytes that a cache keeps: its arrays and its keys. */
export const STAGE_CACHE_BYTES = 64 * 2 ** 20;

interface Entry {
  value: unknown;
  bytes: number;
}

/**
 * Results of evaluation stages by key, the least recently used ones dropped when they take more than `maxBytes`. A result
 * larger than that is made and not kept. Which results are kept changes how long an evaluation takes, never what it gives.
 */
export class StageCache implements StageMemo {
  private readonly entries = new Map<string, Entry>();
  private used = 0;

  constructor(private readonly maxBytes: number = STAGE_CACHE_BYTES) {}

  /** Bytes of what is kept now. */
  get bytes(): number {
    return this.used;
  }

  of<T>(key: string, make: () => T): T {
    const known = this.entries.get(key);
    if (known !== undefined) {
      // a map iterates in the order of insertion: the first entry is the least recently used
      this.entries.delete(key);
      this.entries.set(key, known);
      return known.value as T;
    }
    const value = make();
    const bytes = bytesOf(value) + 2 * key.length;
    if (bytes > this.maxBytes) return value;
    this.entries.set(key, { value, bytes });
    this.used += bytes;
    for (const [oldest, entry] of this.entries) {
      if (this.used <= this.maxBytes) break;
      this.entries.delete(oldest);
      this.used -= entry.bytes;
    }
    return value;
  }

  /** The part of the cache that belongs to these bars, known by their content. */
  forBars(bars: BarColumns): StageMemo {
    const fingerprint = barsFingerprint(bars);
    return { of: (key, make) => this.of(`${fingerprint} ${key}`, make) };
  }
}

/** Memory of the typed arrays of a result, two levels deep. A view counts with the whole buffer that it keeps alive. */
function bytesOf(value: unknown, depth = 2): number {
  if (ArrayBuffer.isView(value)) return value.buffer.byteLength;
  if (value === null || typeof value !== 'object' || depth === 0) return 8;
  let bytes = 0;
  for (const inner of Object.values(value)) bytes += bytesOf(inner, depth - 1);
  return bytes;
}
