import type { EngineInput } from '../types';

/** What one unit of the quote's currency is worth in the account's, as known at each open and at each close. */
export interface FxRates {
  readonly open: Float64Array;
  readonly close: Float64Array;
}

const times = (prices: Float64Array, rates: Float64Array): Float64Array => prices.map((price, t) => price * rates[t]);

/**
 * The same market in the account's currency: every price times the rate that was known when it was paid. What fills between
 * open and close pays the rate of the open, the last one known by then. Targets, volume and rates of funding stay; amounts of
 * the costs and the capital are the account's.
 */
export function convertInput(input: EngineInput, fx: FxRates): EngineInput {
  return { ...convertMarket(input, fx), interventions: convertActs(input.interventions, fx) };
}

/** The prices alone. */
export function convertMarket<M extends Pick<EngineInput, 'open' | 'high' | 'low' | 'close'>>(
  input: M,
  fx: FxRates,
): M {
  const { open: quoted } = input;
  const close = times(input.close, fx.close);
  const open = quoted && times(quoted, fx.open);
  const extreme = (prices: Float64Array | undefined, pick: (...all: number[]) => number) =>
    prices?.map((price, t) => pick(price * fx.open[t], close[t], open ? open[t] : close[t]));
  return {
    ...input,
    ...{ open, close, high: extreme(input.high, Math.max), low: extreme(input.low, Math.min) },
  };
}

/** What is filled between open and close alone. */
export const convertActs = (acts: EngineInput['interventions'], fx: FxRates): EngineInput['interventions'] =>
  acts && { ...acts, price: acts.price.map((price, k) => price * fx.open[acts.index[k]]) };
