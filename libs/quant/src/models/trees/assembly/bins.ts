// What models/trees/binned-columns.ts does with a column, in the same way.

/** Sorts the n doubles at `values` by their bits, byte after byte, lowest first; `other` has room for as many, `counts` for 8 x 256 integers of 4 bytes, all 0. */
export function sortDoubles(values: usize, n: i32, other: usize, counts: usize): void {
  const end = values + ((<usize>n) << 3);
  // negative ones turned over, the others above them: the order of the bits is that of the numbers
  for (let at = values; at < end; at += 8) {
    const bits = load<u64>(at);
    const key = bits ^ ((<u64>((<i64>bits) >> 63)) | 0x8000000000000000);
    store<u64>(at, key);
    for (let digit: u32 = 0; digit < 8; digit++) {
      const place = counts + ((digit << 10) | (((<u32>(key >> (digit << 3))) & 255) << 2));
      store<u32>(place, load<u32>(place) + 1);
    }
  }
  let from = values;
  let to = other;
  for (let digit: u32 = 0; digit < 8; digit++) {
    const own = counts + (digit << 10);
    let sum: u32 = 0;
    for (let at = own; at < own + 1024; at += 4) {
      const count = load<u32>(at);
      store<u32>(at, sum);
      sum += count;
    }
    const last = from + ((<usize>n) << 3);
    for (let at = from; at < last; at += 8) {
      const key = load<u64>(at);
      const place = own + (((<u32>(key >> (digit << 3))) & 255) << 2);
      const index = load<u32>(place);
      store<u32>(place, index + 1);
      store<u64>(to + (index << 3), key);
    }
    const spare = from;
    from = to;
    to = spare;
  }
  for (let at = values; at < end; at += 8) {
    const key = load<u64>(at);
    store<u64>(at, key ^ ((<u64>((<i64>~key) >> 63)) | 0x8000000000000000));
  }
}

/** The code of each of the n doubles at `values`: how many of the `count` ascending cuts lie below; `missing` for NaN. */
export function codeDoubles(values: usize, n: i32, cuts: usize, count: i32, missing: i32, codes: usize): void {
  for (let i = 0; i < n; i++) {
    const value = load<f64>(values + ((<usize>i) << 3));
    let low: i32 = 0;
    let size = count;
    while (size > 0) {
      const half = size >> 1;
      const isAbove = load<f64>(cuts + ((<usize>(low + half)) << 3)) < value;
      low = select(low + half + 1, low, isAbove);
      size = select(size - half - 1, half, isAbove);
    }
    store<u8>(codes + <usize>i, select(missing, low, isNaN(value)));
  }
}
