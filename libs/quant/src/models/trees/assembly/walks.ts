// The loops of ../block-predictor.ts over a block of ROWS rows: codes as codeOf gives them, then the leaves, tree after tree.

/** Rows of a block. */
const ROWS: usize = 128;

/**
 * Codes of column `column` of the block (row-major, k columns) by 2^steps - 1 ascending cuts, those that do not exist being
 * infinite: into the plane at `low` with 0 where the value is missing, and into the plane behind it with 255.
 */
export function codeBlock(rows: usize, k: i32, column: i32, cuts: usize, steps: i32, low: usize): void {
  const stride = (<usize>k) << 3;
  const first: usize = (<usize>4) << (<usize>steps);
  let at = rows + ((<usize>column) << 3);
  for (const end = low + ROWS; low < end; low += 4) {
    const a = load<f64>(at);
    const b = load<f64>(at + stride);
    const c = load<f64>(at + 2 * stride);
    const d = load<f64>(at + 3 * stride);
    at += 4 * stride;
    let i: usize = cuts;
    let j: usize = cuts;
    let l: usize = cuts;
    let m: usize = cuts;
    for (let half = first; half > 4; half >>= 1) {
      i += select(half, 0, load<f64>(i + half - 8) < a);
      j += select(half, 0, load<f64>(j + half - 8) < b);
      l += select(half, 0, load<f64>(l + half - 8) < c);
      m += select(half, 0, load<f64>(m + half - 8) < d);
    }
    // nothing lies below a value that is missing: it has the code 0 already
    const codes =
      (<u32>((i - cuts) >> 3)) |
      ((<u32>((j - cuts) >> 3)) << 8) |
      ((<u32>((l - cuts) >> 3)) << 16) |
      ((<u32>((m - cuts) >> 3)) << 24);
    const missing =
      select<u32>(0xff, 0, isNaN(a)) |
      select<u32>(0xff00, 0, isNaN(b)) |
      select<u32>(0xff0000, 0, isNaN(c)) |
      select<u32>(0xff000000, 0, isNaN(d));
    store<u32>(low, codes);
    store<u32>(low + ROWS, codes | missing);
  }
}

/** A node of 16 bytes: where its column's codes begin, its bin, and the address of its left child; the right one is behind. */
function child(node: usize, code: i32): usize {
  return <usize>load<u32>(node, 8) + ((<usize>(code > load<i32>(node, 4))) << 4);
}

/**
 * Adds the leaves of `count` trees to the sums of the block. A tree is 8 bytes: address of its root, and its depth. Each row
 * takes as many steps as its tree is deep: a leaf leads to itself. The value of node i is at values + 8 i.
 */
export function addLeaves(trees: usize, count: i32, nodes: usize, values: usize, sums: usize): void {
  for (const end = trees + ((<usize>count) << 3); trees < end; trees += 8) {
    const root = <usize>load<u32>(trees);
    const depth = load<i32>(trees, 4);
    for (let row: usize = 0; row < ROWS; row += 4) {
      let a = root;
      let b = root;
      let c = root;
      let d = root;
      for (let step = depth; step > 0; step--) {
        a = child(a, <i32>load<u8>(row + <usize>load<u32>(a)));
        b = child(b, <i32>load<u8>(row + <usize>load<u32>(b), 1));
        c = child(c, <i32>load<u8>(row + <usize>load<u32>(c), 2));
        d = child(d, <i32>load<u8>(row + <usize>load<u32>(d), 3));
      }
      const sum = sums + (row << 3);
      store<f64>(sum, load<f64>(sum) + load<f64>(values + ((a - nodes) >> 1)));
      store<f64>(sum, load<f64>(sum, 8) + load<f64>(values + ((b - nodes) >> 1)), 8);
      store<f64>(sum, load<f64>(sum, 16) + load<f64>(values + ((c - nodes) >> 1)), 16);
      store<f64>(sum, load<f64>(sum, 24) + load<f64>(values + ((d - nodes) >> 1)), 24);
    }
  }
}
