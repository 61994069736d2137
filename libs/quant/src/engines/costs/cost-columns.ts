import type { FillLog } from '../fill-log';
import type { CostColumns, CostKind, CostTotals, EngineInput, EngineResult } from '../types';
import type { Carry } from './carry';
import type { OrderCosts } from './order-costs';

export const COST_KINDS: readonly CostKind[] = ['fees', 'spread', 'slippage', 'borrow', 'funding'];

/** Columns of 0; kinds that the costs do not have share one. */
export function newCostColumns({ costs, close }: Pick<EngineInput, 'costs' | 'close'>): CostColumns {
  const none = new Float64Array(close.length);
  const column = (is: boolean): Float64Array => (is ? new Float64Array(close.length) : none);
  const { feeBps, fixedFee, perShare, minimumFee, tiers, spreadBps, slippageBps, impact } = costs;
  return {
    fees: column(feeBps > 0 || fixedFee! > 0 || perShare! > 0 || minimumFee! > 0 || tiers !== undefined),
    spread: column(spreadBps > 0),
    slippage: column(slippageBps > 0 || impact !== undefined),
    borrow: column(costs.borrowBpsPerYear! > 0),
    funding: column(costs.fundingColumn !== undefined),
  };
}

/** Adds what the last order cost. @param worth of a unit of the account as a fraction of the starting equity */
export function noteOrder(columns: CostColumns, t: number, order: OrderCosts, worth: number): void {
  if (order.fees !== 0) columns.fees[t] += order.fees * worth;
  if (order.spread !== 0) columns.spread[t] += order.spread * worth;
  if (order.slippage !== 0) columns.slippage[t] += order.slippage * worth;
}

export function noteCarry(columns: CostColumns, t: number, carry: Carry, worth: number): void {
  if (carry.borrow !== 0) columns.borrow[t] += carry.borrow * worth;
  if (carry.funding !== 0) columns.funding[t] += carry.funding * worth;
}

/** Nothing is charged in the bar of ruin, in which all is lost. */
export function forgetBar(columns: CostColumns, t: number): void {
  for (const kind of COST_KINDS) columns[kind][t] = 0;
}

/** Proportional costs of mode `weight`: on the equity at the start of the bar. */
export function costsOfWeights(input: EngineInput, equity: Float64Array): CostColumns {
  const { targets, fill, costs, close, interventions: acts } = input;
  const columns = newCostColumns({ costs, close });
  const lag = fill === 'close' ? 0 : 1;
  const parts = [
    [columns.fees, costs.feeBps / 1e4],
    [columns.spread, costs.spreadBps / 2e4],
    [columns.slippage, costs.slippageBps / 1e4],
  ] as const;
  for (const [column, rate] of parts) {
    if (rate === 0) continue;
    let before = 0;
    let k = 0;
    for (let t = 0; t < targets.length && equity[t] > 0; t++) {
      let changed = 0;
      const hold = (weight: number): void => {
        changed += Math.abs(weight - before);
        before = weight;
      };
      if (lag === 1 && t > 0) hold(targets[t - 1]);
      for (; acts !== undefined && k < acts.index.length && acts.index[k] === t; k++) hold(acts.weight[k]);
      if (lag === 0) hold(targets[t]);
      if (changed !== 0) column[t] = rate * changed * (t > 0 ? equity[t - 1] : 1);
    }
  }
  return columns;
}

/**
 * Proportional costs and fixed fees of fills.
 * @param start starting equity in units of the account
 * @param takes whether the fill took the market; a resting order pays neither spread nor slippage
 */
export function costsOfFills(
  input: Pick<EngineInput, 'costs' | 'close'>,
  log: Pick<FillLog, 'index' | 'units' | 'price'>,
  equity: Float64Array,
  start: number,
  takes: (fill: number) => boolean = () => true,
): CostColumns {
  const { costs } = input;
  const columns = newCostColumns(input);
  for (let i = 0; i < log.index.length; i++) {
    const t = log.index[i];
    if (!(equity[t] > 0)) continue;
    const notional = (Math.abs(log.units[i]) * log.price[i]) / start;
    const fees = (costs.feeBps / 1e4) * notional + (costs.fixedFee ?? 0) / start;
    if (fees !== 0) columns.fees[t] += fees;
    if (!takes(i)) continue;
    if (costs.spreadBps > 0) columns.spread[t] += (costs.spreadBps / 2e4) * notional;
    if (costs.slippageBps > 0) columns.slippage[t] += (costs.slippageBps / 1e4) * notional;
  }
  return columns;
}

/** Sums over bars [from, to) by kind and in all, as fractions of the equity before bar `from`. */
export function costTotals(
  { costs, equity }: Pick<EngineResult, 'costs' | 'equity'>,
  from = 0,
  to = equity.length,
): CostTotals {
  const before = from > 0 ? equity[from - 1] : 1;
  const sum = (kind: CostKind): number => {
    let all = 0;
    for (let t = from; t < to; t++) all += costs[kind][t];
    return before > 0 ? all / before : 0;
  };
  const [fees, spread, slippage, borrow, funding] = COST_KINDS.map(sum);
  return { fees, spread, slippage, borrow, funding, total: fees + spread + slippage + borrow + funding };
}
