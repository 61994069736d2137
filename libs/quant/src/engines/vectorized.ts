import { chargedUnitPath } from './charged-unit-path';
import { chargedWeightPath } from './charged-weight-path';
import { checkEngineInput } from './check-input';
import { costPerSide, costsOfFills, costsOfWeights, isPlain, newCostColumns } from './costs';
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
  if (!isPlain(input)) return runCharged(input);
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
    const trades = weightRoundTrips(input, path.equity);
    return { ...path, positions, costs: costsOfWeights(input, path.equity), trades };
  }
  const log = new FillLog();
  unitPath(input, c, log, path);
  const costs = costsOfFills(input, log, path.equity, input.mode === 'all_in' ? 1 : (input.capital as number));
  return { ...path, positions, costs, ...told(log, input) };
}

/** With costs beyond a share of the notional, or margin. */
function runCharged(input: EngineInput): EngineResult {
  const n = input.close.length;
  const path = { returns: new Float64Array(n), equity: new Float64Array(n) };
  const positions = new Float64Array(n);
  const costs = newCostColumns(input);
  if (input.mode === 'weight') {
    chargedWeightPath(input, path, positions, costs);
    const trades = weightRoundTrips({ ...input, targets: positions }, path.equity);
    return { ...path, positions, costs, trades };
  }
  const log = new FillLog();
  chargedUnitPath(input, log, path, positions, costs);
  return { ...path, positions, costs, ...told(log, input) };
}

function told(log: FillLog, input: EngineInput): Pick<EngineResult, 'trades' | 'fills'> {
  const trades = roundTrips(log, input, input.fill === 'close' ? 'close' : 'open');
  return input.withFills ? { trades, fills: log } : { trades };
}
