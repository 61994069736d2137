import type { Costs, EngineInput } from '../types';
import { costPerSide } from './check-costs';

/**
 * What orders cost, one after the other. Of an order of q units at price F, notional N = q F, with capital K behind an account
 * of 1 (mode `fixed_qty`: an account in currency):
 * - fees: max(minimum, fee bps N + per share q) + fixed fee, where a tier whose `from` the month's total before the order has
 *   reached replaces fee bps and per share; the month is that of the bar's open, UTC;
 * - spread: half of it on N;
 * - slippage: slippage bps N + coefficient N f(min(1, q / volume of the bar)), f the identity or the square root (Almgren et
 *   al. 2005 find an exponent of 0.6, the root is the usual rule). A bar without volume counts as taken whole.
 */
export class OrderCosts {
  /** Parts of the last order, in units of the account. */
  fees = 0;
  spread = 0;
  slippage = 0;
  /** Proportional part of any order, without tiers: what an all-in order leaves room for. */
  readonly perSide: number;
  readonly perShare: number;
  private readonly costs: Costs;
  private readonly volume: Float64Array | undefined;
  private readonly openTimeMs: Float64Array;
  private readonly currency: number;
  private month = NaN;
  private traded = 0;

  /** @param currency what one unit of the account is worth in currency */
  constructor({ costs, volume, openTimeMs }: Pick<EngineInput, 'costs' | 'volume' | 'openTimeMs'>, currency: number) {
    this.costs = costs;
    this.volume = volume;
    this.openTimeMs = openTimeMs;
    this.currency = currency;
    this.perSide = costPerSide(costs);
    this.perShare = costs.perShare ?? 0;
  }

  /**
   * Cost of an order in bar t, which counts for the tiers of the next ones; all in units of the account.
   * @param at where the volume of its bar is, where the column is of several symbols
   */
  of(t: number, units: number, price: number, at = t): number {
    const { costs, currency } = this;
    const size = Math.abs(units);
    const notional = size * price;
    let { feeBps, perShare = 0 } = costs;
    if (costs.tiers !== undefined) {
      const { by, levels } = costs.tiers;
      this.enterMonth(t);
      for (const level of levels) {
        if (this.traded < level.from) break;
        feeBps = level.feeBps ?? feeBps;
        perShare = level.perShare ?? perShare;
      }
      this.traded += (by === 'volume' ? size : notional) * currency;
    }
    const least = (costs.minimumFee ?? 0) / currency;
    this.fees = Math.max(least, (feeBps / 1e4) * notional + perShare * size) + (costs.fixedFee ?? 0) / currency;
    this.spread = (costs.spreadBps / 2e4) * notional;
    this.slippage = (costs.slippageBps / 1e4) * notional;
    if (costs.impact !== undefined) {
      const { kind, coefficientBps } = costs.impact;
      const volume = this.volume![at];
      const share = volume > 0 ? Math.min(1, (size * currency) / volume) : 1;
      this.slippage += (coefficientBps / 1e4) * (kind === 'linear' ? share : Math.sqrt(share)) * notional;
    }
    return this.fees + this.spread + this.slippage;
  }

  private enterMonth(t: number): void {
    const date = new Date(this.openTimeMs[t]);
    const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
    if (month === this.month) return;
    this.month = month;
    this.traded = 0;
  }
}
