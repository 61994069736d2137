import fc from 'fast-check';
import type { CostKind, FxRates, PortfolioInput, Rng } from '@assay/quant';
import { orderOf } from './charged-twin';

const DAY = 86_400_000;
const total = (values: Iterable<number>): number => [...values].reduce((sum, value) => sum + value, 0);

/** Random prices with holes, weights decided now and then, some symbols given up in between. */
export function portfolioScenario(rng: Rng, count: number, n: number, wild: number): PortfolioInput {
  const cells = count * n;
  const [open, close, weights] = [0, 0, 0].map(() => new Float64Array(cells).fill(NaN));
  weights.fill(0);
  const decided = new Uint8Array(n);
  const exits = new Map<number, 'left_universe'>();
  const decides = rng.next();
  for (let t = 0; t < n; t++) decided[t] = rng.next() < decides ? 1 : 0;
  for (let i = 0; i < count; i++) {
    let price = 50 + 100 * rng.next();
    const holes = rng.next() < 0.5 ? 0 : 0.3 * rng.next();
    for (let t = 0; t < n; t++) {
      const cell = i * n + t;
      const before = t > 0 ? weights[cell - 1] : 0;
      if (rng.next() < holes) continue;
      open[cell] = price * Math.exp(wild * 0.5 * rng.normal());
      price = close[cell] = open[cell] * Math.exp(wild * rng.normal());
      if (decided[t] === 1)
        weights[cell] = rng.next() < 0.3 ? before : rng.next() < 0.2 ? 0 : (2 * rng.normal()) / count;
      else if (before !== 0 && rng.next() < 0.1) exits.set(cell, 'left_universe');
      else weights[cell] = before;
    }
  }
  const symbols = Array.from({ length: count }, (_, i) => `S${i}`);
  const a = rng.int(n + 1);
  const b = rng.int(n + 1);
  return {
    panel: { symbols, openTimeMs: Float64Array.from({ length: n }, (_, t) => t * DAY), open, close },
    weights,
    decided,
    exits,
    mode: rng.next() < 0.5 ? 'weight' : 'all_in',
    fill: rng.next() < 0.5 ? 'close' : 'next_open',
    costs: { feeBps: 40 * rng.next(), slippageBps: 20 * rng.next(), spreadBps: 10 * rng.next() },
    ...(rng.next() < 0.5 ? {} : { scored: [Math.min(a, b), Math.max(a, b)] as const }),
  };
}

/** The same all in, with costs of every kind and all that they need. */
export function chargedPortfolio(rng: Rng, count: number, n: number, wild: number): PortfolioInput {
  const plain = portfolioScenario(rng, count, n, wild);
  const some = (most: number): number | undefined => (rng.next() < 0.5 ? undefined : most * rng.next());
  const level = (from: number) => ({ from, feeBps: some(30), perShare: some(0.05) });
  const cells = Array.from(plain.panel.close);
  return {
    ...plain,
    ...{ mode: 'all_in', capital: 1000 * 100 ** rng.next() },
    panel: { ...plain.panel, volume: Float64Array.from(cells, () => (rng.next() < 0.2 ? 0 : 1000 * rng.next())) },
    funding: Float64Array.from(cells, () => (rng.next() < 0.6 ? NaN : 0.002 * rng.normal())),
    costs: {
      ...plain.costs,
      ...{ perShare: some(0.1), fixedFee: some(3), minimumFee: some(5), borrowBpsPerYear: some(3000) },
      fundingColumn: rng.next() < 0.5 ? 'rate' : undefined,
      impact:
        rng.next() < 0.5
          ? undefined
          : { kind: rng.next() < 0.5 ? 'linear' : 'square_root', coefficientBps: 100 * rng.next() },
      tiers:
        rng.next() < 0.5
          ? undefined
          : { by: rng.next() < 0.5 ? 'volume' : 'notional', levels: [level(50 + 500 * rng.next()), level(5000)] },
    },
  };
}

interface Position {
  size: number;
  /** In the account's currency and in that of the quote, where it was last marked. */
  price: number;
  quoted: number;
  /** Rate at which it left 0 or turned. */
  entered: number;
}

export interface NaivePortfolio {
  equity: number[];
  /** By symbol, of the scored bars: what it made less its costs, these, and what it made by its prices. */
  gains: number[];
  costs: number[];
  byPrice: number[];
  /** Of all symbols. */
  byKind: Record<CostKind, number>;
}

/**
 * The rules written once more, plainly: a map of positions, one bar after the other, each part of it said by name.
 * @param rates what every price is multiplied with, where its symbol has any
 */
export function naivePortfolio(input: PortfolioInput, rates?: readonly (FxRates | null)[]): NaivePortfolio {
  const { panel, weights, decided, mode, fill } = input;
  const n = panel.openTimeMs.length;
  const c = (input.costs.feeBps + input.costs.slippageBps + input.costs.spreadBps / 2) / 1e4;
  const [from, to] = input.scored ?? [0, n];
  const byKind: NaivePortfolio['byKind'] = { fees: 0, spread: 0, slippage: 0, borrow: 0, funding: 0 };
  const capital = input.capital ?? 1;
  const orders: { month: string; traded: number }[] = [];
  const held = new Map<number, Position>();
  const gains = panel.symbols.map(() => 0);
  const costs = panel.symbols.map(() => 0);
  const byPrice = panel.symbols.map(() => 0);
  const equity: number[] = [];
  let cash = 1;
  let largest = 1;
  const pay = (amount: number): void => {
    cash -= amount;
    largest = Math.max(largest, Math.abs(cash));
  };
  /** Rounding is measured by the largest sum that went through the account. */
  const nothing = (): number => 1e-12 * largest;
  let worth = 1;
  let base = 1;
  const positions = (): [number, Position][] => [...held].sort(([a], [b]) => a - b);
  const at = (column: Float64Array, i: number, t: number): number => (t < 0 ? 0 : column[i * n + t]);
  const rateAt = (i: number, t: number, moment: 'open' | 'close'): number => rates?.[i]?.[moment][t] ?? 1;
  const quotes = { open: panel.open!, close: panel.close };
  const ownWorth = (): number => cash + total(positions().map(([, p]) => p.size * p.price));
  for (let t = 0; t < n; t++) {
    if (t === from) base = worth;
    const counts = t >= from && t < to && base > 0;
    const earn = (i: number, gain: number, cost: number): void => {
      if (!counts) return;
      gains[i] += (gain - cost) / base;
      costs[i] += cost / base;
    };
    const note = (kind: CostKind, amount: number): number => {
      if (counts) byKind[kind] += amount / base;
      return amount;
    };
    /** In currency, then as a part of the account; what a symbol without a bar is closed at was paid in its last one. */
    const orderCost = (i: number, units: number, price: number): number => {
      const bar = Number.isNaN(at(panel.close, i, t)) ? t - 1 : t;
      const month = new Date(panel.openTimeMs[bar]).toISOString().slice(0, 7);
      const before = total(orders.filter((one) => one.month === month).map(({ traded }) => traded));
      const size = units * capital;
      const cost = orderOf({ costs: input.costs, volume: panel.volume }, i * n + bar, size, price, before);
      orders.push({ month, traded: Math.abs(size) * (input.costs.tiers?.by === 'volume' ? 1 : price) });
      return total((['fees', 'spread', 'slippage'] as const).map((kind) => note(kind, cost[kind] / capital)));
    };
    const payForHolding = (): void => {
      for (const [i, p] of positions()) {
        const years = (panel.openTimeMs[t] - panel.openTimeMs[t - 1]) / (365 * DAY);
        const borrow = Math.max(0, -p.size * p.price) * ((input.costs.borrowBpsPerYear ?? 0) / 1e4) * years;
        const rate = input.costs.fundingColumn === undefined ? NaN : at(input.funding!, i, t);
        const funding = Number.isNaN(rate) ? 0 : p.size * at(panel.open!, i, t) * rateAt(i, t, 'open') * rate;
        const cost = note('borrow', borrow) + note('funding', funding);
        pay(cost);
        earn(i, 0, cost);
      }
    };
    if (worth === 0) {
      equity.push(0);
      continue;
    }
    const day = worth;
    let growth = 1;
    let paid = 0;
    let ruined = false;
    const moveTo = (moment: 'open' | 'close'): void => {
      if (ruined) return;
      const earned = positions().map(([i, p]) => {
        const quoted = at(quotes[moment], i, t);
        const price = quoted * rateAt(i, t, moment);
        const units = mode === 'weight' ? (day * growth * p.size) / p.price : p.size;
        if (counts) byPrice[i] += (units * (quoted - p.quoted) * p.entered) / base;
        p.quoted = quoted;
        const part = mode === 'weight' ? day * growth * p.size * (price / p.price - 1) : p.size * (price - p.price);
        p.price = price;
        earn(i, part, 0);
        return part;
      });
      if (mode === 'weight') {
        growth *= 1 + total(earned) / (day * growth);
        ruined = growth <= 1e-12;
      } else ruined = ownWorth() <= nothing();
    };
    const trade = (i: number, size: number, price: number, quoted: number): void => {
      const position = held.get(i);
      const before = position?.size ?? 0;
      // the difference of two equal numbers of units is rounding
      if (mode === 'all_in' && Math.abs(size - before) <= 1e-12 * Math.abs(before)) return;
      const inWeight = c * Math.abs(size - before) * day;
      const cost = mode === 'weight' ? note('fees', inWeight) : orderCost(i, size - before, price);
      if (mode === 'weight') paid += cost / day;
      else pay((size - before) * price + cost);
      earn(i, 0, cost);
      if (size === 0) held.delete(i);
      else held.set(i, { size, price, quoted, entered: before * size > 0 ? position!.entered : price / quoted });
    };
    const execute = (decision: number, moment: 'open' | 'close'): void => {
      if (ruined || decision < 0) return;
      const asked = panel.symbols
        .map((_, i) => ({
          i,
          now: at(weights, i, decision),
          before: at(weights, i, decision - 1),
          quoted: at(quotes[moment], i, t),
          price: at(quotes[moment], i, t) * rateAt(i, t, moment),
        }))
        .filter(({ price, now, before }) => !Number.isNaN(price) && (decided[decision] === 1 || now !== before));
      if (mode === 'weight') for (const { i, now, price, quoted } of asked) trade(i, now, price, quoted);
      else {
        for (const { i, now, price, quoted } of asked)
          if (now * (held.get(i)?.size ?? 0) <= 0) trade(i, 0, price, quoted);
        const all = ownWorth();
        const buys = all > nothing();
        for (const { i, now, price, quoted } of asked)
          if (now !== 0 && buys) trade(i, (now * all) / (price * (1 + c) + (input.costs.perShare ?? 0)), price, quoted);
      }
    };
    for (const [i, p] of positions()) if (Number.isNaN(at(panel.close, i, t))) trade(i, 0, p.price, p.quoted);
    if (mode === 'all_in' && t > 0) payForHolding();
    if (fill === 'next_open') {
      moveTo('open');
      execute(t - 1, 'open');
    }
    moveTo('close');
    if (fill === 'close') {
      execute(t, 'close');
      if (mode === 'all_in') ruined ||= ownWorth() <= nothing();
    }
    worth = mode === 'weight' ? day * (growth - paid) : ownWorth();
    if (ruined || worth <= 1e-12 * day * (mode === 'weight' ? 1 : 0)) worth = 0;
    equity.push(worth);
  }
  return { equity, gains, costs, byPrice, byKind };
}

/** What a scenario is made of; in the wild ones accounts are ruined. */
export const portfolioSeeds = fc.record({
  seed: fc.integer(),
  count: fc.integer({ min: 1, max: 5 }),
  n: fc.integer({ min: 0, max: 40 }),
  wild: fc.constantFrom(0.02, 0.02, 0.4),
});
