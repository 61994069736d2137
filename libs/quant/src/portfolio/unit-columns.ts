import { RuinLine } from '../engines/account';
import type { FillLog, FillReason } from '../engines/fill-log';
import type { EquityPath } from '../engines';
import { NO_COSTS, PortfolioCharges, proportionalTotals } from './portfolio-charges';
import { sum } from './weight-columns';
import type { Contributions, PortfolioInput } from './types';

/**
 * Mode `all_in` over whole columns: between two bars with fills the units stand still, so equity is cash plus one
 * column a held symbol. Equity starts at 1; `logs` take the fills of each symbol.
 */
export function unitColumns(
  input: PortfolioInput,
  c: number,
  logs: readonly FillLog[],
  path: EquityPath,
): Contributions {
  return new UnitColumns(input, c, logs, path).run();
}

class UnitColumns {
  private cash = 1;
  private readonly ruinLine = new RuinLine(1);
  private readonly units: Float64Array;
  /** Price up to which a symbol's gains are in its contribution. */
  private readonly marks: Float64Array;
  private readonly contribution: Float64Array;
  private readonly costs: Float64Array;
  private readonly n: number;
  private readonly lag: number;
  private readonly fills: Float64Array;
  private ruined = -1;
  /** Equity before the scored bars. */
  private base = 1;
  private readonly events: Uint8Array;
  private readonly charges: PortfolioCharges | undefined;
  private readonly perShare: number;

  constructor(
    private readonly input: PortfolioInput,
    private readonly c: number,
    private readonly logs: readonly FillLog[],
    private readonly path: EquityPath,
  ) {
    const { panel, fill } = input;
    const count = panel.symbols.length;
    this.n = panel.openTimeMs.length;
    this.lag = fill === 'next_open' ? 1 : 0;
    this.fills = this.lag === 1 ? (panel.open as Float64Array) : panel.close;
    this.units = new Float64Array(count);
    this.marks = new Float64Array(count);
    this.contribution = new Float64Array(count);
    this.costs = new Float64Array(count);
    this.charges = PortfolioCharges.of(input);
    this.perShare = this.charges?.perShare ?? 0;
    this.events = this.eventBars();
  }

  run(): Contributions {
    const { n, events } = this;
    const [from, to] = this.input.scored ?? [0, n];
    let parts: Contributions | undefined;
    for (let t = 0; t < n && this.ruined < 0;) {
      if (t === from) this.begin(t);
      if (t === to) parts = this.parts(t, from, to);
      let next = t + 1;
      while (next < n && events[next] === 0 && next !== from && next !== to) next++;
      if (events[t] === 1) this.trade(t);
      if (this.ruined < 0) this.mark(t, next);
      t = next;
    }
    return parts ?? this.parts(n, from, to);
  }

  /** Contributions count from bar t on. */
  private begin(t: number): void {
    if (t > 0) this.settle(t - 1);
    this.contribution.fill(0);
    this.costs.fill(0);
    this.charges?.begin();
    this.base = t > 0 ? this.path.equity[t - 1] : 1;
  }

  private parts(t: number, from: number, to: number): Contributions {
    if (this.ruined < 0 && t > 0) this.settle(t - 1);
    const isNothing = from === to || (this.ruined >= 0 && this.ruined < from);
    const share = (value: number): number => (isNothing ? 0 : value / this.base);
    const contribution = this.contribution.map(share);
    const isRuined = this.ruined >= from && this.ruined < to;
    const costs = this.costs.map(share);
    const charged = this.charges && (isNothing ? NO_COSTS : this.charges.totals(this.base));
    return {
      ...{ contribution, costs, costsByKind: charged ?? proportionalTotals(this.input.costs, costs) },
      writtenOff: isRuined ? -1 - sum(contribution) : 0,
    };
  }

  /** 1 at bars at which something is filled or closed. */
  private eventBars(): Uint8Array {
    const { n, lag, input } = this;
    const { weights, decided, panel } = input;
    const events = new Uint8Array(n);
    for (let t = lag; t < n; t++) events[t] = decided[t - lag];
    if (this.charges?.isHoldingCharged) events.fill(1, 1);
    for (let first = 0; first < weights.length; first += n) {
      let before = 0;
      for (let t = 0; t < n; t++) {
        const now = weights[first + t];
        if (now !== before && t + lag < n) events[t + lag] = 1;
        // what is held while its symbol has no bar is closed there
        if (lag === 1 && before !== 0 && panel.close[first + t] !== panel.close[first + t]) events[t] = 1;
        before = now;
      }
    }
    return events;
  }

  /** What waits for bar t is filled, and what has no bar any more is closed at its last close. */
  private trade(t: number): void {
    const { n, lag, units, input } = this;
    const { weights, decided, panel, exits } = input;
    const { close } = panel;
    const decision = t - lag;
    const everything = decided[decision] === 1;
    for (let i = 0, cell = t; i < units.length; i++, cell += n)
      if (units[i] !== 0 && close[cell] !== close[cell]) this.moveTo(i, 0, close[cell - 1], t - 1, 'no_bars');
    if (this.charges?.isHoldingCharged && t > 0) this.charge(this.charges, t);
    if (this.equityAt(t) <= this.ruinLine.at) return this.ruin(t);
    for (let i = 0; i < units.length; i++) {
      if (units[i] === 0) continue;
      const cell = i * n + t;
      const wanted = weights[cell - lag];
      const exit = wanted === 0 ? exits?.get(cell - lag) : undefined;
      if (wanted * units[i] <= 0) this.moveTo(i, 0, this.fills[cell], t, exit ?? 'signal');
    }
    const equity = this.equityAt(t);
    // what closing cost may leave nothing to buy with
    if (equity <= this.ruinLine.at) return;
    for (let i = 0; i < units.length; i++) {
      const cell = i * n + t;
      const at = cell - lag;
      const wanted = decision < 0 ? 0 : weights[at];
      if (wanted === 0 || close[cell] !== close[cell]) continue;
      if (!everything && decision > 0 && weights[at - 1] === wanted) continue;
      const price = this.fills[cell];
      this.moveTo(i, (wanted * equity) / (price * (1 + this.c) + this.perShare), price, t, 'signal');
    }
  }

  /** What is held into bar t pays for it. */
  private charge(charges: PortfolioCharges, t: number): void {
    for (let i = 0; i < this.units.length; i++) {
      if (this.units[i] === 0) continue;
      const cost = charges.hold(i, t, this.units[i]);
      if (cost === 0) continue;
      this.cash -= cost;
      this.ruinLine.see(this.cash);
      this.contribution[i] -= cost;
      this.costs[i] += cost;
    }
  }

  private moveTo(i: number, after: number, price: number, t: number, reason: FillReason): void {
    const delta = after - this.units[i];
    if (delta === 0) return;
    if (this.charges?.isRounding(delta, this.units[i])) return;
    const fee = this.charges ? this.charges.order(i, t, delta, price) : this.c * Math.abs(delta) * price;
    this.cash -= delta * price + fee;
    this.ruinLine.see(this.cash);
    this.contribution[i] += this.units[i] === 0 ? -fee : this.units[i] * (price - this.marks[i]) - fee;
    this.costs[i] += fee;
    this.marks[i] = price;
    this.units[i] = after;
    this.logs[i].push(t, price, delta, fee, reason);
  }

  /** Equity at the fill prices of bar t, through which everything that is held has a bar. */
  private equityAt(t: number): number {
    const { n, units, fills } = this;
    let value = this.cash;
    for (let i = 0; i < units.length; i++) if (units[i] !== 0) value += units[i] * fills[i * n + t];
    return value;
  }

  /** Equity and returns of bars [from, to), through which the units stand still. */
  private mark(from: number, to: number): void {
    const { n, units, input } = this;
    const { close } = input.panel;
    const { equity, returns } = this.path;
    equity.fill(this.cash, from, to);
    let isCovered = this.cash >= 0;
    for (let i = 0; i < units.length; i++) {
      const held = units[i];
      if (held === 0) continue;
      if (held < 0) isCovered = false;
      for (let t = from, cell = i * n + from; t < to; t++, cell++) equity[t] += held * close[cell];
    }
    const line = this.ruinLine.at;
    let before = from > 0 ? equity[from - 1] : 1;
    for (let t = from; t < to; t++) {
      // cash and long positions alone cannot be ruined between two closes
      if (this.lag === 1 && !isCovered && (t > from || this.events[t] === 0) && this.equityAt(t) <= line)
        return this.ruin(t);
      if (equity[t] <= line) return this.ruin(t, false);
      returns[t] = equity[t] / before - 1;
      before = equity[t];
    }
  }

  private ruin(t: number, atFill = true): void {
    const { n, units, path } = this;
    const prices = atFill ? this.fills : this.input.panel.close;
    for (let i = 0; i < units.length; i++) {
      if (units[i] === 0) continue;
      const price = prices[i * n + t];
      this.contribution[i] += units[i] * (price - this.marks[i]);
      this.logs[i].push(t, price, -units[i], 0, 'ruin');
      units[i] = 0;
    }
    this.cash = 0;
    this.ruined = t;
    path.equity.fill(0, t);
    path.returns.fill(0, t);
    path.returns[t] = -1;
  }

  /** Puts the gains up to the close of bar t into the contributions. */
  private settle(t: number): void {
    const { n, units, marks } = this;
    for (let i = 0; i < units.length; i++) {
      if (units[i] === 0) continue;
      const price = this.input.panel.close[i * n + t];
      this.contribution[i] += units[i] * (price - marks[i]);
      marks[i] = price;
    }
  }
}
