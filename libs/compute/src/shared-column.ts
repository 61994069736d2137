/** A copy of the column in shared memory: worker threads then read it without another copy. */
export function shareColumn(column: Float64Array): Float64Array {
  if (column.buffer instanceof SharedArrayBuffer) return column;
  const shared = new Float64Array(new SharedArrayBuffer(column.length * Float64Array.BYTES_PER_ELEMENT));
  shared.set(column);
  return shared;
}

/** Replaces every `Float64Array` inside a plain payload (objects and arrays) by its shared copy; the rest is kept. */
export function sharePayload<T>(payload: T): T {
  if (payload instanceof Float64Array) return shareColumn(payload) as T;
  if (Array.isArray(payload)) return payload.map(sharePayload) as T;
  if (payload !== null && typeof payload === 'object' && Object.getPrototypeOf(payload) === Object.prototype) {
    return Object.fromEntries(Object.entries(payload).map(([key, value]) => [key, sharePayload(value)])) as T;
  }
  return payload;
}
