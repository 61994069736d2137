import { runEvent } from './event';
import { InvalidInputError } from '../errors/invalid-input';
import type { EngineInput, EngineName, EngineResult, Trade } from './types';
import { runVectorized } from './vectorized';

/** `vectorbt` is an alias of `vectorized`, `backtrader` of `event`. */
export function runEngine(engine: EngineName, input: EngineInput): EngineResult {
  switch (engine) {
    case 'vectorized':
    case 'vectorbt':
      return runVectorized(input);
    case 'event':
    case 'backtrader':
      return runEvent(input);
    default:
      throw new InvalidInputError(`engine must be vectorized, event, vectorbt or backtrader, was ${String(engine)}`, {
        field: 'engine',
      });
  }
}

/** What of a result is cut: trades of one symbol or of several. */
type Sliceable<T extends Trade> = Pick<EngineResult, 'returns' | 'positions'> & { readonly trades: readonly T[] };

/**
 * The scored part [from, to) of a result. Equity is rebased to 1 before bar `from`; a trade belongs to the slice when it
 * was entered inside, is counted as open when it ends at or after `to`, and keeps the returns of its whole life.
 */
export function sliceResult<T extends Trade>(
  result: Sliceable<T>,
  from: number,
  to: number,
): Sliceable<T> & { equity: Float64Array; trades: T[] } {
  const returns = result.returns.slice(from, to);
  const equity = new Float64Array(returns.length);
  let value = 1;
  for (let t = 0; t < returns.length; t++) {
    value *= 1 + returns[t];
    equity[t] = value;
  }
  const trades = result.trades
    .filter((trade) => trade.entryIndex >= from && trade.entryIndex < to)
    .map((trade) => {
      const open = trade.exitIndex < 0 || trade.exitIndex >= to;
      return {
        ...trade,
        entryIndex: trade.entryIndex - from,
        exitIndex: open ? -1 : trade.exitIndex - from,
        reason: open ? 'open' : trade.reason,
      };
    });
  return { returns, equity, positions: result.positions.slice(from, to), trades };
}
