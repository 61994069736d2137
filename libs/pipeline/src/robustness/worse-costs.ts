import type { Costs } from '@assay/quant';

const times = (value: number | undefined, factor: number): number | undefined =>
  value === undefined ? undefined : value * factor;

/** The same costs with every fee, and everything that moves the price of a fill, times a factor. Borrow and funding stay as they are. */
export function worseCosts(costs: Costs, { fees, slippage }: { fees: number; slippage: number }): Costs {
  const { tiers, impact } = costs;
  const worse: Costs = {
    ...costs,
    feeBps: costs.feeBps * fees,
    slippageBps: costs.slippageBps * slippage,
    spreadBps: costs.spreadBps * slippage,
    fixedFee: times(costs.fixedFee, fees),
    perShare: times(costs.perShare, fees),
    minimumFee: times(costs.minimumFee, fees),
    tiers: tiers && {
      ...tiers,
      levels: tiers.levels.map(({ from, feeBps, perShare }) => ({
        ...{ from, feeBps: times(feeBps, fees), perShare: times(perShare, fees) },
      })),
    },
    impact: impact && { ...impact, coefficientBps: impact.coefficientBps * slippage },
  };
  // what is absent is not charged, and a key without a value is none
  return Object.fromEntries(Object.entries(worse).filter(([, value]) => value !== undefined)) as unknown as Costs;
}
