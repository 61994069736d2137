import type { BarColumns, StageMemo } from '@assay/domain';
import { barsFingerprint } from '@assay/primitives';
import { LRUCache } from 'lru-cache';

/** Most bytes that a cache keeps: its arrays and its keys. */
export const STAGE_CACHE_BYTES = 64 * 2 ** 20;

/**
 * Results of evaluation stages by key, the least recently used ones dropped when they take more than `maxBytes`. A result
 * larger than that is made and not kept. Which results are kept changes how long an evaluation takes, never what it gives.
 */
export class StageCache implements StageMemo {
  /** Each in an object of its own, since a result may be null. */
  private readonly entries: LRUCache<string, { value: unknown }>;

  constructor(maxBytes: number = STAGE_CACHE_BYTES) {
    // a bound of 0 keeps nothing, which the library has no word for; every entry takes more than one byte
    this.entries = new LRUCache({ maxSize: Math.max(maxBytes, 1) });
  }

  /** Bytes of what is kept now. */
  get bytes(): number {
    return this.entries.calculatedSize;
  }

  of<T>(key: string, make: () => T): T {
    const known = this.entries.get(key);
    if (known !== undefined) return known.value as T;
    const value = make();
    this.entries.set(key, { value }, { size: bytesOf(value) + 2 * key.length });
    return value;
  }

  has(key: string): boolean {
    return this.entries.has(key);
  }

  /** The part of the cache that belongs to these bars, known by their content. */
  forBars(bars: BarColumns): StageMemo {
    const fingerprint = barsFingerprint(bars);
    return {
      of: (key, make) => this.of(`${fingerprint} ${key}`, make),
      has: (key) => this.has(`${fingerprint} ${key}`),
    };
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
