import type { OrderRules, PriceDistance } from './types';

/** Windows of the average true ranges that the rules measure in, each once, ascending. */
export function atrWindows({ protection = { reEntry: { rule: 'immediately' } }, entryOrder }: OrderRules): number[] {
  const { stopLoss, takeProfit, trailingStop, breakeven } = protection;
  const windows = [stopLoss, takeProfit, trailingStop, breakeven, entryOrder?.offset].flatMap((distance) =>
    distance !== undefined && 'atr' in distance ? [distance.window] : [],
  );
  return [...new Set(windows)].sort((a, b) => a - b);
}

/** Bars before which a distance of the rules is unknown, so that nothing is entered. */
export const orderRulesLookback = (rules: OrderRules): number => Math.max(0, ...atrWindows(rules));

/**
 * A distance as two numbers, share of a price and amount, one of which is 0: the level at `side` of a price is
 * price (1 + side share) + side amount. NaN where the average true range is not known.
 * @param ranges one value for each of `atrWindows`
 */
export function measured(
  distance: PriceDistance,
  windows: readonly number[],
  ranges: Float64Array,
): { share: number; amount: number } {
  if ('percent' in distance) return { share: distance.percent / 100, amount: 0 };
  return { share: 0, amount: distance.atr * ranges[windows.indexOf(distance.window)] };
}
