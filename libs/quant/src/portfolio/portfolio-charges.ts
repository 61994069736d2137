import { TIE } from '../comparison/comparison';
import { costPerSide, OrderCosts } from '../engines';
import type { CostKind, Costs, CostTotals } from '../engines';
import { COST_KINDS, isPlain, YEAR_MS } from '../engines/costs';
import type { PortfolioInput } from './types';

/**
 * What orders cost an all-in portfolio beyond a share of their notional, and what holding costs it, by kind since `begin`, in
 * units of an account of 1. Orders are counted for the tiers one after the other, whatever their symbol: the account is one.
 */
export class PortfolioCharges {
  readonly perShare: number;
  private readonly orders: OrderCosts;
  private readonly kinds: Record<CostKind, number> = { fees: 0, spread: 0, slippage: 0, borrow: 0, funding: 0 };
  private readonly borrowPerMs: number;
  private readonly funding: Float64Array | undefined;
  /** Whether holding costs anything, so that no bar is without a charge. */
  readonly isHoldingCharged: boolean;

  constructor(private readonly input: PortfolioInput) {
    const { panel, costs, capital = 1, funding } = input;
    this.orders = new OrderCosts({ costs, volume: panel.volume, openTimeMs: panel.openTimeMs }, capital);
    this.perShare = this.orders.perShare;
    this.borrowPerMs = (costs.borrowBpsPerYear ?? 0) / 1e4 / YEAR_MS;
    this.funding = costs.fundingColumn === undefined ? undefined : funding;
    this.isHoldingCharged = this.borrowPerMs > 0 || this.funding !== undefined;
  }

  /** Undefined where basis points are all that is charged. */
  static of(input: PortfolioInput): PortfolioCharges | undefined {
    return isPlain(input) ? undefined : new PortfolioCharges(input);
  }

  begin(): void {
    for (const kind of COST_KINDS) this.kinds[kind] = 0;
  }

  /** Whether the change of a position is none but rounding, which would cost a whole fee. */
  isRounding(delta: number, units: number): boolean {
    return Math.abs(delta) <= TIE * Math.abs(units);
  }

  /** Cost of an order of symbol i that is filled in bar t. */
  order(i: number, t: number, units: number, price: number): number {
    const { orders, kinds } = this;
    const cost = orders.of(t, units, price, i * this.input.panel.openTimeMs.length + t);
    kinds.fees += orders.fees;
    kinds.spread += orders.spread;
    kinds.slippage += orders.slippage;
    return cost;
  }

  /**
   * Cost of holding units of symbol i from the close before into bar t, through which it has bars: borrow on a short notional at
   * that close by the time between the opens, and the rate of bar t on the notional at its open, paid by longs to shorts.
   */
  hold(i: number, t: number, units: number): number {
    const { panel } = this.input;
    const { funding } = this;
    const { openTimeMs, close, open } = panel;
    const cell = i * openTimeMs.length + t;
    let borrow = 0;
    if (units < 0) borrow = -units * close[cell - 1] * this.borrowPerMs * (openTimeMs[t] - openTimeMs[t - 1]);
    const due = funding === undefined ? NaN : funding[cell];
    const paid = Number.isFinite(due) ? units * open![cell] * due : 0;
    this.kinds.borrow += borrow;
    this.kinds.funding += paid;
    return borrow + paid;
  }

  /** As fractions of the equity before the scored bars. */
  totals(base: number): CostTotals {
    const [fees, spread, slippage, borrow, funding] = COST_KINDS.map((kind) => this.kinds[kind] / base);
    return { fees, spread, slippage, borrow, funding, total: fees + spread + slippage + borrow + funding };
  }
}

export const NO_COSTS: CostTotals = { fees: 0, spread: 0, slippage: 0, borrow: 0, funding: 0, total: 0 };

/** By kind, where basis points are all that is charged: each has its share of what every symbol paid. */
export function proportionalTotals(costs: Costs, bySymbol: Float64Array): CostTotals {
  const perSide = costPerSide(costs);
  let total = 0;
  for (let i = 0; i < bySymbol.length; i++) total += bySymbol[i];
  if (perSide === 0) return NO_COSTS;
  const share = (bps: number): number => (total * (bps / 1e4)) / perSide;
  return {
    ...{ fees: share(costs.feeBps), spread: share(costs.spreadBps / 2), slippage: share(costs.slippageBps) },
    ...{ borrow: 0, funding: 0, total },
  };
}
