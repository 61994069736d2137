// The inner loops of ../histograms.ts: the same sums in the same order, a pair at a time.

function add(bin: usize, pair: v128): void {
  v128.store(bin, f64x2.add(v128.load(bin), pair));
}

function binOf(sums: usize, code: usize): usize {
  return sums + ((<usize>load<u8>(code)) << 4);
}

/**
 * Sums of pairs per bin, of `count` columns at `columns`, over the rows order[0 .. rows): sums + stride * column is where
 * those of a column lie, codes + n * column its codes.
 */
export function fillHistograms(
  codes: usize,
  n: i32,
  columns: usize,
  count: i32,
  order: usize,
  rows: i32,
  pairs: usize,
  sums: usize,
  stride: i32,
): void {
  const end = order + ((<usize>rows) << 2);
  let c = 0;
  for (; c + 4 <= count; c += 4) {
    const first = load<u32>(columns);
    const second = load<u32>(columns, 4);
    const third = load<u32>(columns, 8);
    const fourth = load<u32>(columns, 12);
    columns += 16;
    const sums0 = sums + first * stride;
    const sums1 = sums + second * stride;
    const sums2 = sums + third * stride;
    const sums3 = sums + fourth * stride;
    memory.fill(sums0, 0, stride);
    memory.fill(sums1, 0, stride);
    memory.fill(sums2, 0, stride);
    memory.fill(sums3, 0, stride);
    const codes0 = codes + first * n;
    const codes1 = codes + second * n;
    const codes2 = codes + third * n;
    const codes3 = codes + fourth * n;
    for (let at = order; at < end; at += 4) {
      const row = <usize>load<u32>(at);
      const pair = v128.load(pairs + (row << 4));
      add(binOf(sums0, codes0 + row), pair);
      add(binOf(sums1, codes1 + row), pair);
      add(binOf(sums2, codes2 + row), pair);
      add(binOf(sums3, codes3 + row), pair);
    }
  }
  for (; c < count; c++) {
    const column = load<u32>(columns);
    columns += 4;
    const own = sums + column * stride;
    memory.fill(own, 0, stride);
    const ownCodes = codes + column * n;
    for (let at = order; at < end; at += 4) {
      const row = <usize>load<u32>(at);
      add(binOf(own, ownCodes + row), v128.load(pairs + (row << 4)));
    }
  }
}

/** Takes `bytes` of doubles at b from those at a. */
export function subtractHistograms(a: usize, b: usize, bytes: i32): void {
  for (const end = a + bytes; a < end; a += 16, b += 16) v128.store(a, f64x2.sub(v128.load(a), v128.load(b)));
}

/** Rows with codes up to `bin` keep their order at the front, the others theirs behind; `spill` has room for all. Returns how many are in front. */
export function partitionRows(codes: usize, order: usize, rows: i32, bin: i32, spill: usize): i32 {
  const end = order + ((<usize>rows) << 2);
  let left = order;
  let right = spill;
  for (let at = order; at < end; at += 4) {
    const row = load<u32>(at);
    store<u32>(left, row);
    store<u32>(right, row);
    const step = (<usize>(<i32>load<u8>(codes + <usize>row) <= bin)) << 2;
    left += step;
    right += 4 - step;
  }
  memory.copy(left, spill, right - spill);
  return <i32>((left - order) >> 2);
}
