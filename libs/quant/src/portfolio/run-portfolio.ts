import type { EngineName } from '../engines';
import { InvalidInputError } from '../errors/invalid-input';
import { runEventPortfolio } from './event-portfolio';
import type { PortfolioInput, PortfolioResult } from './types';
import { runVectorizedPortfolio } from './vectorized-portfolio';

/** `vectorbt` is an alias of `vectorized`, `backtrader` of `event`. */
export function runPortfolio(engine: EngineName, input: PortfolioInput): PortfolioResult {
  if (engine === 'vectorized' || engine === 'vectorbt') return runVectorizedPortfolio(input);
  if (engine === 'event' || engine === 'backtrader') return runEventPortfolio(input);
  throw new InvalidInputError(`engine must be vectorized, event, vectorbt or backtrader, was ${String(engine)}`, {
    field: 'engine',
  });
}
