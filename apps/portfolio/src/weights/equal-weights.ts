export interface WeightedMember {
  strategyId: string;
  weight: number;
  symbols: { symbol: string; weight: number }[];
}

/**
 * The same share of capital for each strategy, and within a strategy for each of its symbols. Shares are fractions of capital and add up to 1,
 * or there are none.
 */
export function equalWeights(members: readonly { strategyId: string; symbols: readonly string[] }[]): WeightedMember[] {
  return members.map(({ strategyId, symbols }) => {
    const weight = 1 / members.length;
    return { strategyId, weight, symbols: symbols.map((symbol) => ({ symbol, weight: weight / symbols.length })) };
  });
}
