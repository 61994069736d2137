import { costPerSide } from '../engines';
import { FillLog } from '../engines/fill-log';
import { checkPortfolioInput } from './check-portfolio';
import { heldWeights } from './held-weights';
import { sortedTrades } from './sorted-trades';
import type { PortfolioInput, PortfolioResult } from './types';
import { unitColumns } from './unit-columns';
import { unitTrips } from './unit-trips';
import { weightColumns } from './weight-columns';
import { portfolioWeightTrips } from './weight-trips';

/**
 * A portfolio over whole columns, one symbol after the other.
 * @throws InvalidInputError on missing or non-positive prices, weights that are none, or impossible costs.
 */
export function runVectorizedPortfolio(input: PortfolioInput): PortfolioResult {
  checkPortfolioInput(input);
  const { panel } = input;
  const n = panel.openTimeMs.length;
  const c = costPerSide(input.costs);
  const path = { returns: new Float64Array(n), equity: new Float64Array(n) };
  if (input.mode === 'all_in') {
    const logs = panel.symbols.map(() => new FillLog());
    const parts = unitColumns(input, c, logs, path);
    const trades = sortedTrades(unitTrips(input, logs));
    return { ...path, ...parts, trades, ...(input.withFills ? { fills: logs } : {}) };
  }
  const held = new Float64Array(panel.close.length);
  heldWeights(input, held);
  const parts = weightColumns(input, c, held, path);
  return { ...path, ...parts, trades: sortedTrades(portfolioWeightTrips(input, c, held, path.equity)) };
}
