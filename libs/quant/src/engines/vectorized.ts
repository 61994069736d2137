import { checkEngineInput, costPerSide } from './check-input';
import { FillLog } from './fill-log';
import { intervenedWeightPath } from './intervened-weight-path';
import { roundTrips } from './round-trips';
import type { EngineInput, EngineResult } from './types';
import { unitPath } from './unit-path';
import { priceMoves, weightPath } from './weight-path';
import { weightRoundTrips } from './weight-trips';

/**
 * Array engine: the formulas of the three accounting modes written over whole columns.
 * `ReturnsEngine` gives the same returns and equity without the trades.
 * @throws InvalidInputError on missing columns, non-positive prices, NaN targets or impossible costs.
 */
export function runVectorized(input: EngineInput): EngineResult {
  checkEngineInput(input);
  const n = input.close.length;
  const c = costPerSide(input.costs);
  const path = { returns: new Float64Array(n), equity: new Float64Array(n) };
  const positions = Float64Array.from(input.targets);
  if (input.mode === 'weight') {
    // each move is read before the value of its bar takes its place
    const moves = { toFill: path.equity, fromFill: path.returns };
    if (input.interventions) intervenedWeightPath(input, input.interventions, c, path);
    else {
      priceMoves(input, moves);
      weightPath(input, c, moves, path);
    }
    return { ...path, positions, trades: weightRoundTrips(input, path.equity, c) };
  }
  const log = new FillLog();
  unitPath(input, c, log, path);
  return { ...path, positions, trades: roundTrips(log, input, input.fill === 'close' ? 'close' : 'open') };
}
