import { NOTHING_LEFT } from '../engines/weight-path';
import type { BarPrices, PortfolioBook } from './portfolio-book';
import type { PortfolioInput } from './types';

/** Mode `weight`: equity moves by the held weights, costs are charged on the equity at the start of the bar. */
export class EventWeightBook implements PortfolioBook {
  readonly gains: Float64Array;
  readonly costs: Float64Array;
  private equity = 1;
  private readonly weights: Float64Array;
  private readonly waiting: Float64Array;
  private readonly last: Float64Array;
  private readonly fillsAtClose: boolean;
  private readonly bars: number;
  /** Growth and costs of the bar so far, as fractions of the equity before it. */
  private growth = 1;
  private cost = 0;

  /** @param held takes the weight of each cell after its bar */
  constructor(
    input: PortfolioInput,
    private readonly c: number,
    private readonly held: Float64Array,
  ) {
    const count = input.panel.symbols.length;
    this.fillsAtClose = input.fill === 'close';
    this.bars = input.panel.openTimeMs.length;
    this.gains = new Float64Array(count);
    this.costs = new Float64Array(count);
    this.weights = new Float64Array(count);
    this.waiting = new Float64Array(count);
    this.last = new Float64Array(count).fill(NaN);
  }

  onOpen(_t: number, { open, close }: BarPrices): void {
    if (this.equity === 0) return;
    for (let i = 0; i < close.length; i++) if (close[i] !== close[i]) this.change(i, 0);
    if (this.fillsAtClose) return;
    this.move(open);
    for (let i = 0; i < close.length; i++) if (close[i] === close[i]) this.change(i, this.waiting[i]);
  }

  onClose(t: number, { close }: BarPrices, weights: Float64Array, _decided: boolean): number {
    if (this.equity === 0) return 0;
    this.move(close);
    if (this.fillsAtClose) for (let i = 0; i < close.length; i++) this.change(i, weights[i]);
    else this.waiting.set(weights);
    for (let i = 0; i < close.length; i++) this.held[i * this.bars + t] = this.weights[i];
    const factor = this.growth - this.cost;
    this.equity = factor <= NOTHING_LEFT ? 0 : this.equity * factor;
    this.growth = 1;
    this.cost = 0;
    return this.equity;
  }

  /** What is held moves to the prices; what is ruined on the way earns nothing after. */
  private move(prices: Float64Array): void {
    const before = this.growth;
    let earned = 0;
    for (let i = 0; i < prices.length; i++) {
      if (prices[i] !== prices[i]) continue;
      const part = this.weights[i] === 0 ? 0 : this.weights[i] * (prices[i] / this.last[i] - 1);
      earned += part;
      if (before > NOTHING_LEFT) this.gains[i] += this.equity * before * part;
      this.last[i] = prices[i];
    }
    this.growth = before <= NOTHING_LEFT ? before : before * (1 + earned);
  }

  private change(i: number, weight: number): void {
    // who is ruined on the way to a fill pays for none
    const cost = this.growth <= NOTHING_LEFT ? 0 : this.c * Math.abs(weight - this.weights[i]);
    this.cost += cost;
    this.gains[i] -= this.equity * cost;
    this.costs[i] += this.equity * cost;
    this.weights[i] = weight;
  }
}
