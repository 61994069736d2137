/** Most trades of one block. */
export const BLOCK_TRADES = 8192;

/** Taker bought, taker sold, or not known. */
export type Side = 1 | -1 | 0;

/** Trades as columns, oldest first; the first `count` of each hold. Made once and filled again and again. */
export interface TradeBlock {
  count: number;
  /** UTC milliseconds of each trade, and the nanoseconds beyond them in [0, 999999]: a double alone holds no nanosecond. */
  timeMs: Float64Array;
  ns: Int32Array;
  price: Float64Array;
  size: Float64Array;
  side: Int8Array;
  /** NaN where the file states none. */
  id: Float64Array;
  line: Int32Array;
}

export function tradeBlock(capacity = BLOCK_TRADES): TradeBlock {
  const numbers = (): Float64Array => new Float64Array(capacity);
  return {
    ...{ count: 0, timeMs: numbers(), ns: new Int32Array(capacity), price: numbers(), size: numbers() },
    ...{ side: new Int8Array(capacity), id: numbers(), line: new Int32Array(capacity) },
  };
}

type Column = Float64Array | Int32Array | Int8Array;
const columnsOf = ({ timeMs, ns, price, size, side, id, line }: TradeBlock): Column[] => [
  ...[timeMs, ns, price, size, side, id, line],
];

/** Turns the trades of a block round, in place. */
export function turnRound(block: TradeBlock): void {
  for (const column of columnsOf(block)) column.subarray(0, block.count).reverse();
}

/** A block of its own with the same trades. */
export function copyOf(block: TradeBlock): TradeBlock {
  return joined([block]);
}

function joined(blocks: readonly TradeBlock[]): TradeBlock {
  const count = blocks.reduce((sum, block) => sum + block.count, 0);
  const all = { ...tradeBlock(count), count };
  const into = columnsOf(all);
  let at = 0;
  for (const block of blocks) {
    columnsOf(block).forEach((column, c) => into[c].set(column.subarray(0, block.count), at));
    at += block.count;
  }
  return all;
}

/** All trades of a file in one block, in order of time; those of one time stay as they come. @returns how many moved */
export function sortedBlock(blocks: readonly TradeBlock[]): { block: TradeBlock; moved: number } {
  const block = joined(blocks);
  const { timeMs, ns, count } = block;
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  order.sort((a, b) => timeMs[a] - timeMs[b] || ns[a] - ns[b] || a - b);
  for (const column of columnsOf(block)) {
    const before = column.slice();
    for (let i = 0; i < count; i += 1) column[i] = before[order[i]];
  }
  return { block, moved: order.reduce((moved, from, to) => moved + Number(from !== to), 0) };
}
