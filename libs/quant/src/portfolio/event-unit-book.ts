import { RuinLine } from '../engines/account';
import type { FillLog, FillReason } from '../engines/fill-log';
import { PortfolioCharges } from './portfolio-charges';
import type { BarPrices, PortfolioBook } from './portfolio-book';
import type { PortfolioInput } from './types';

/** Mode `all_in`: a cash account with units of every symbol. */
export class EventUnitBook implements PortfolioBook {
  readonly gains: Float64Array;
  readonly costs: Float64Array;
  readonly charges: PortfolioCharges | undefined;
  private cash = 1;
  private readonly ruinLine = new RuinLine(1);
  private isRuined = false;
  private readonly units: Float64Array;
  private readonly last: Float64Array;
  private readonly wanted: Float64Array;
  /** 1 for what the next fill trades. */
  private readonly pending: Uint8Array;
  private readonly fillsAtClose: boolean;
  private decidedAt = -1;

  constructor(
    private readonly input: PortfolioInput,
    private readonly c: number,
    private readonly logs: readonly FillLog[],
  ) {
    const count = input.panel.symbols.length;
    this.charges = PortfolioCharges.of(input);
    this.fillsAtClose = input.fill === 'close';
    this.gains = new Float64Array(count);
    this.costs = new Float64Array(count);
    this.units = new Float64Array(count);
    this.wanted = new Float64Array(count);
    this.pending = new Uint8Array(count);
    this.last = new Float64Array(count).fill(NaN);
  }

  onOpen(t: number, { open, close }: BarPrices): void {
    if (this.isRuined) return;
    for (let i = 0; i < close.length; i++) {
      if (close[i] === close[i]) continue;
      this.moveTo(i, 0, t - 1, 'no_bars');
      this.pending[i] = 0;
    }
    if (t > 0) this.payForHolding(t);
    if (this.fillsAtClose) return;
    this.mark(open);
    if (!this.endInRuin(t)) this.fill(t);
  }

  onClose(t: number, { close }: BarPrices, weights: Float64Array, decided: boolean): number {
    if (this.isRuined) return 0;
    this.mark(close);
    if (this.endInRuin(t)) return 0;
    for (let i = 0; i < weights.length; i++) {
      this.pending[i] = decided || weights[i] !== this.wanted[i] ? 1 : 0;
      this.wanted[i] = weights[i];
    }
    this.decidedAt = t;
    if (this.fillsAtClose) {
      this.fill(t);
      if (this.endInRuin(t)) return 0;
    }
    return this.equity();
  }

  private payForHolding(t: number): void {
    const { charges } = this;
    if (!charges?.isHoldingCharged) return;
    for (let i = 0; i < this.units.length; i++) {
      const cost = this.units[i] === 0 ? 0 : charges.hold(i, t, this.units[i]);
      this.cash -= cost;
      this.gains[i] -= cost;
      this.costs[i] += cost;
      this.ruinLine.see(this.cash);
    }
  }

  private equity(): number {
    let value = this.cash;
    for (let i = 0; i < this.units.length; i++) if (this.units[i] !== 0) value += this.units[i] * this.last[i];
    return value;
  }

  private mark(prices: Float64Array): void {
    for (let i = 0; i < prices.length; i++) {
      if (prices[i] !== prices[i]) continue;
      if (this.units[i] !== 0) this.gains[i] += this.units[i] * (prices[i] - this.last[i]);
      this.last[i] = prices[i];
    }
  }

  /** Closes first, then everything else is sized on what that left. */
  private fill(t: number): void {
    const n = this.input.panel.openTimeMs.length;
    for (let i = 0; i < this.units.length; i++) {
      if (this.pending[i] === 0 || this.units[i] === 0 || this.wanted[i] * this.units[i] > 0) continue;
      const exit = this.wanted[i] === 0 ? this.input.exits?.get(i * n + this.decidedAt) : undefined;
      this.moveTo(i, 0, t, exit ?? 'signal');
    }
    const equity = this.equity();
    // what closing cost may leave nothing to buy with
    const buys = equity > this.ruinLine.at;
    for (let i = 0; i < this.units.length; i++) {
      if (this.pending[i] === 0 || this.wanted[i] === 0 || !buys) continue;
      const unitPrice = this.last[i] * (1 + this.c) + (this.charges?.perShare ?? 0);
      this.moveTo(i, (this.wanted[i] * equity) / unitPrice, t, 'signal');
    }
    this.pending.fill(0);
  }

  private moveTo(i: number, after: number, t: number, reason: FillReason): void {
    const delta = after - this.units[i];
    if (delta === 0) return;
    const price = this.last[i];
    const { charges } = this;
    if (charges?.isRounding(delta, this.units[i])) return;
    const fee = charges ? charges.order(i, t, delta, price) : this.c * Math.abs(delta) * price;
    this.cash -= delta * price + fee;
    this.ruinLine.see(this.cash);
    this.gains[i] -= fee;
    this.costs[i] += fee;
    this.units[i] = after;
    this.logs[i].push(t, price, delta, fee, reason);
  }

  private endInRuin(t: number): boolean {
    if (this.equity() > this.ruinLine.at) return false;
    for (let i = 0; i < this.units.length; i++) {
      if (this.units[i] !== 0) this.logs[i].push(t, this.last[i], -this.units[i], 0, 'ruin');
      this.units[i] = 0;
    }
    this.cash = 0;
    this.isRuined = true;
    return true;
  }
}
