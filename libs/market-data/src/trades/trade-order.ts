import { RepairList, type Place, type ReadNote } from '../files/read-note';
import type { RowProblems } from '../files/rows/row-problems';
import { tradeTimeText } from './trade-time';
import type { TradeBlock } from './trade-block';

interface Kept {
  line: number;
  price: number;
  size: number;
  side: number;
}

/**
 * Sees that trades come in order of time, to the nanosecond, block after block, and drops those whose id comes again at
 * the same time with the same content. Trades of one time stay in the order in which they come; where a file states no
 * ids, equal rows are two trades.
 */
export class TradeOrder {
  private lastMs = -Infinity;
  private lastNs = 0;
  private lastLine = 0;
  private readonly ofTime = new Map<number, Kept>();
  private readonly dropped = new RepairList(
    'duplicate_rows',
    (n) => `${n} rows that repeat another were left out in all`,
  );

  constructor(
    private readonly options: { timeName: string; newestFirst: boolean; place: Place; hasIds: boolean },
    private readonly problems: RowProblems,
  ) {}

  get repairs(): ReadNote[] {
    return this.dropped.all();
  }

  /** Drops repeated trades of the block in place. */
  check(block: TradeBlock): void {
    const { timeMs, ns } = block;
    const { hasIds } = this.options;
    let kept = 0;
    for (let i = 0; i < block.count; i += 1) {
      const step = timeMs[i] - this.lastMs || ns[i] - this.lastNs;
      if (step < 0) this.disorder(block, i);
      if (hasIds) {
        if (step !== 0) this.ofTime.clear();
        else if (this.isRepeated(block, i)) continue;
        const [line, price, size, side] = [block.line[i], block.price[i], block.size[i], block.side[i]];
        this.ofTime.set(block.id[i], { line, price, size, side });
      }
      this.lastMs = timeMs[i];
      this.lastNs = ns[i];
      this.lastLine = block.line[i];
      if (kept !== i) move(block, i, kept);
      kept += 1;
    }
    block.count = kept;
  }

  private isRepeated(block: TradeBlock, i: number): boolean {
    const other = this.ofTime.get(block.id[i]);
    if (other === undefined || Number.isNaN(block.id[i])) return false;
    const { timeName, place } = this.options;
    const line = block.line[i];
    for (const name of ['price', 'size', 'side'] as const) {
      if (other[name] === block[name][i]) continue;
      const values: [number, number] = [other[name], block[name][i]];
      this.problems.conflict(line, timeName, block.timeMs[i], { line: other.line, name, values });
      return false;
    }
    const time = tradeTimeText(block.timeMs[i], block.ns[i]);
    this.dropped.add(line, () => `${place} ${line}, ${time}: repeats ${place} ${other.line}: left out`);
    return true;
  }

  /** In the order of the file, where the later line is the wrong one. */
  private disorder(block: TradeBlock, i: number): void {
    const { timeName, newestFirst, place } = this.options;
    const [here, before] = [tradeTimeText(block.timeMs[i], block.ns[i]), tradeTimeText(this.lastMs, this.lastNs)];
    const [line, was, other] = newestFirst ? [this.lastLine, before, here] : [block.line[i], here, before];
    const must = newestFirst
      ? `at or before ${other} of the ${place} before, as the file begins with the newest`
      : `at or after ${other} of the ${place} before`;
    this.problems.value(
      line,
      timeName,
      'sorted',
      `must be ${must}, was ${was}; rows in no order are sorted where sort is given`,
      was,
    );
  }
}

function move(block: TradeBlock, from: number, to: number): void {
  block.timeMs[to] = block.timeMs[from];
  block.ns[to] = block.ns[from];
  block.price[to] = block.price[from];
  block.size[to] = block.size[from];
  block.side[to] = block.side[from];
  block.id[to] = block.id[from];
  block.line[to] = block.line[from];
}
