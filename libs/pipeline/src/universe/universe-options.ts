import type { UniverseDocument } from '@assay/contracts';
import { periodsPerYear } from '@assay/domain';
import type { Costs, EngineName, FillRule, PortfolioMode } from '@assay/quant';
import { costsFromDocument, type BacktestOptions } from '../backtest';
import type { UniverseFx } from './universe-fx';

/** As for one symbol, what is compared on the bars of the panel; mode, fill and costs are by default the document's, the benchmark all members alike. */
export interface UniverseOptions extends Pick<
  BacktestOptions,
  'engine' | 'scoreFrom' | 'start' | 'end' | 'periodsPerYear' | 'benchmark' | 'riskFree'
> {
  mode?: PortfolioMode;
  fill?: FillRule;
  costs?: Costs;
  /** Of an account in another currency than the prices; everything but the decisions is in the account's then. */
  fx?: UniverseFx;
  /** Currency: what costs that know the size of an order need, and the P&L of each symbol is stated in; default of the latter 1, which makes it the contribution. */
  capital?: number;
}

export interface ResolvedUniverseOptions extends Pick<BacktestOptions, 'benchmark' | 'riskFree'> {
  engine: EngineName;
  mode: PortfolioMode;
  fill: FillRule;
  costs: Costs;
  capital: number;
  /** Undefined where none was. */
  statedCapital?: number;
  periodsPerYear: number;
  fx?: UniverseFx;
}

export const resolveUniverseOptions = (
  document: UniverseDocument,
  options: UniverseOptions,
): ResolvedUniverseOptions => ({
  engine: options.engine ?? 'vectorized',
  mode: options.mode ?? document.mode,
  fill: options.fill ?? document.fill,
  costs: options.costs ?? costsFromDocument(document.costs),
  capital: options.capital ?? 1,
  statedCapital: options.capital,
  periodsPerYear: options.periodsPerYear ?? periodsPerYear(document),
  benchmark: options.benchmark,
  riskFree: options.riskFree,
  fx: options.fx,
});
