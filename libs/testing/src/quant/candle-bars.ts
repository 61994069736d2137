import type { KnownValues } from './indicator-contract';

/** Open, high, low, close. */
export type CandleBar = readonly [open: number, high: number, low: number, close: number];

/** White, body 1 of a range of 4: a shadow below 0.4 is very short, a price within 0.8 near. */
const USUAL: CandleBar = [10, 12, 8, 11];

/**
 * A case of the contract: `lookback` usual bars, then bars each with the sign that the pattern has there.
 * @param params parameters of the pattern, none by default
 */
export function afterUsualBars(
  key: string,
  lookback: number,
  bars: readonly (readonly [bar: CandleBar, sign: number])[],
  params: Record<string, number> = {},
): KnownValues {
  const all = [...Array<CandleBar>(lookback).fill(USUAL), ...bars.map(([bar]) => bar)];
  const column = (index: number): number[] => all.map((bar) => bar[index]);
  const signs = [...Array<number>(lookback).fill(NaN), ...bars.map(([, sign]) => sign)];
  return [params, { open: column(0), high: column(1), low: column(2), close: column(3) }, { [key]: signs }];
}
