import { makeRoom, tradeBars, type TradeBars } from './bar-columns';
import type { BarRule } from './bar-rule';
import { ExactSum } from './exact-sum';
import type { SessionGrid } from './session-grid';
import type { TradeBlock } from './trade-block';

/** Trades outside of sessions: how many, and when the first twenty were. */
export interface OutsideTrades {
  count: number;
  timesMs: number[];
}

const MOST_SAMPLED = 20;

/**
 * Bars of trades that come block after block, in one pass and bounded memory: one open bar. A bar of time ends with the
 * first trade of the next one; a bar of ticks, volume or dollars with the trade that reaches the threshold, which
 * belongs to it whole, and the next bar begins at zero with the next trade (Lopez de Prado, Advances in Financial Machine
 * Learning, 2018, 2.3.1). How trades are cut into blocks changes nothing.
 */
export class BarBuilder {
  /** The bars that are closed. */
  readonly bars: TradeBars = tradeBars();
  /** Time of the first trade in a bar. */
  firstMs = NaN;
  readonly outside: OutsideTrades = { count: 0, timesMs: [] };
  private readonly volume = new ExactSum();
  private readonly dollar = new ExactSum();
  private readonly buys = new ExactSum();
  private trades = 0;
  private stampMs = NaN;

  /** @param grid of bars of time, else null */
  constructor(
    private readonly rule: BarRule,
    private readonly grid: SessionGrid | null,
  ) {}

  /** Trades of the bar that is not closed. */
  get left(): number {
    return this.trades;
  }

  add(block: TradeBlock): void {
    if (this.grid === null) this.addCounted(block);
    else this.addTimed(block, this.grid);
  }

  /** Closes the bar that is open, whatever it lacks. */
  closeOpen(): void {
    if (this.trades > 0) this.close();
  }

  private addTimed(block: TradeBlock, grid: SessionGrid): void {
    const { timeMs, count } = block;
    for (let i = 0; i < count; i += 1) {
      const stampMs = grid.stampOf(timeMs[i]);
      if (Number.isNaN(stampMs)) {
        this.outside.count += 1;
        if (this.outside.timesMs.length < MOST_SAMPLED) this.outside.timesMs.push(timeMs[i]);
        continue;
      }
      if (stampMs !== this.stampMs) {
        this.closeOpen();
        this.stampMs = stampMs;
      }
      this.put(block, i);
    }
  }

  private addCounted(block: TradeBlock): void {
    const { kind } = this.rule;
    const threshold = this.rule.kind === 'time' ? Infinity : this.rule.threshold;
    for (let i = 0; i < block.count; i += 1) {
      this.put(block, i);
      const reached = kind === 'ticks' ? this.trades : kind === 'volume' ? this.volume.value : this.dollar.value;
      if (reached >= threshold) this.close();
    }
  }

  private put({ timeMs, ns, price, size, side }: TradeBlock, i: number): void {
    const { bars } = this;
    const at = bars.count;
    const paid = price[i];
    if (this.trades === 0) {
      makeRoom(bars);
      if (at === 0) this.firstMs = timeMs[i];
      bars.openMs[at] = this.grid === null ? timeMs[i] : this.stampMs;
      bars.openNs[at] = this.grid === null ? ns[i] : 0;
      bars.open[at] = paid;
      bars.high[at] = paid;
      bars.low[at] = paid;
    } else if (paid > bars.high[at]) bars.high[at] = paid;
    else if (paid < bars.low[at]) bars.low[at] = paid;
    bars.close[at] = paid;
    bars.closeMs[at] = timeMs[i];
    bars.closeNs[at] = ns[i];
    this.trades += 1;
    this.volume.add(size[i]);
    this.dollar.add(paid * size[i]);
    if (side[i] === 1) this.buys.add(size[i]);
    else if (side[i] === 0) this.buys.add(NaN);
  }

  private close(): void {
    const { bars } = this;
    const at = bars.count;
    bars.trades[at] = this.trades;
    bars.volume[at] = this.volume.value;
    bars.dollar[at] = this.dollar.value;
    bars.buyVolume[at] = this.buys.value;
    bars.vwap[at] = this.dollar.value / this.volume.value;
    bars.count += 1;
    this.trades = 0;
    this.volume.reset();
    this.dollar.reset();
    this.buys.reset();
  }
}
