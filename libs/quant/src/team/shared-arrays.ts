/** Arrays in memory that threads share. */
export const shared = {
  doubles: (length: number): Float64Array => new Float64Array(new SharedArrayBuffer(8 * length)),
  integers: (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(4 * length)),
  bytes: (length: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(length)),
  copy(values: Float64Array): Float64Array {
    if (values.buffer instanceof SharedArrayBuffer) return values;
    const copied = shared.doubles(values.length);
    // one by one: what copies typed arrays is slow where memory is shared
    for (let i = 0; i < values.length; i++) copied[i] = values[i];
    return copied;
  },
};
