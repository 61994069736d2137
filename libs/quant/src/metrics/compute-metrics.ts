import type { Trade } from '../engines';
import { annualizedReturn } from './annualized-return';
import { alpha, beta } from './beta-alpha';
import { calmarRatio } from './calmar-ratio';
import { exposure, turnover } from './exposure';
import { maxDrawdown, maxDrawdownDurationBars } from './max-drawdown';
import { kurtosis, skewness } from './moments';
import { omegaRatio } from './omega-ratio';
import { expectancy, profitFactor } from './profit-factor';
import { MIN_SHARPE_OBSERVATIONS, sharpeRatio } from './sharpe-ratio';
import { sortinoRatio } from './sortino-ratio';
import { tailRatio } from './tail-ratio';
import { totalReturn } from './total-return';
import { conditionalValueAtRisk, valueAtRisk } from './value-at-risk';
import { volatility } from './volatility';
import { closedTrades, winRatePeriods, winRateTrades } from './win-rate';

export interface MetricsInput {
  readonly returns: Float64Array;
  readonly periodsPerYear: number;
  /** Decided weights, one per return: exposure and turnover. */
  readonly positions?: Float64Array;
  readonly trades?: readonly Trade[];
  /** Buy-and-hold of the same bars: beta and alpha. */
  readonly benchmarkReturns?: Float64Array;
}

export interface MetricsResult {
  /** snake_case keys; null = undefined, explained in `reasons` under the same key. */
  readonly metrics: Record<string, number | null>;
  readonly reasons: Record<string, string>;
  /** Values that exist but deserve doubt. */
  readonly warnings: string[];
}

type Row = readonly [key: string, value: () => number | null, whyUndefined: string];

/** Names the first value that is not finite; undefined when there is none. */
function brokenAt(field: string, values: Float64Array): string | undefined {
  const at = values.findIndex((value) => !Number.isFinite(value));
  return at < 0 ? undefined : `${field}[${at}] is ${values[at]}`;
}

function rowsOf(input: MetricsInput): Row[] {
  const { returns: r, periodsPerYear: p, positions, trades, benchmarkReturns: b } = input;
  const noReturns = 'no returns';
  const whyNoPosition =
    positions === undefined ? 'no positions given' : (brokenAt('positions', positions) ?? noReturns);
  const whyNoBeta =
    b === undefined
      ? 'no benchmark returns given'
      : (brokenAt('benchmarkReturns', b) ?? (b.length < 2 ? 'fewer than 2 returns' : 'the benchmark does not vary'));
  const tradeReason = (otherwise: string): string =>
    trades === undefined ? 'no trades given' : closedTrades(trades).length === 0 ? 'no closed trades' : otherwise;
  return [
    ['total_return', () => totalReturn(r), noReturns],
    ['annualized_return', () => annualizedReturn(r, p), noReturns],
    ['sharpe_ratio', () => sharpeRatio(r, p), r.length < 2 ? 'fewer than 2 returns' : 'returns do not vary'],
    ['max_drawdown', () => maxDrawdown(r), noReturns],
    ['calmar_ratio', () => calmarRatio(r, p), r.length === 0 ? noReturns : 'no drawdown'],
    ['sortino_ratio', () => sortinoRatio(r, p), r.length === 0 ? noReturns : 'no negative return'],
    ['volatility', () => volatility(r, p), 'fewer than 2 returns'],
    ['max_drawdown_duration_bars', () => maxDrawdownDurationBars(r), noReturns],
    ['var_95', () => valueAtRisk(r, 0.95), noReturns],
    ['cvar_95', () => conditionalValueAtRisk(r, 0.95), noReturns],
    ['var_99', () => valueAtRisk(r, 0.99), noReturns],
    ['cvar_99', () => conditionalValueAtRisk(r, 0.99), noReturns],
    ['omega_ratio', () => omegaRatio(r, p), r.length === 0 ? noReturns : 'no return below the threshold'],
    ['tail_ratio', () => tailRatio(r), r.length === 0 ? noReturns : 'the 5 % quantile is 0'],
    ['win_rate_periods', () => winRatePeriods(r), r.length === 0 ? noReturns : 'all returns are 0'],
    ['win_rate_trades', () => (trades ? winRateTrades(trades) : null), tradeReason('')],
    ['profit_factor', () => (trades ? profitFactor(trades) : null), tradeReason('no losing trade')],
    ['expectancy', () => (trades ? expectancy(trades) : null), tradeReason('')],
    ['exposure', () => (positions ? exposure(positions) : null), whyNoPosition],
    ['turnover', () => (positions ? turnover(positions, p) : null), whyNoPosition],
    ['trade_count', () => (trades ? trades.length : null), 'no trades given'],
    ['beta', () => (b ? beta(r, b) : null), whyNoBeta],
    ['alpha', () => (b ? alpha(r, b, p) : null), whyNoBeta],
    ['skewness', () => skewness(r), r.length < 2 ? 'fewer than 2 returns' : 'returns do not vary'],
    ['kurtosis', () => kurtosis(r), r.length < 2 ? 'fewer than 2 returns' : 'returns do not vary'],
    ['observations', () => r.length, noReturns],
  ];
}

/**
 * All metrics of one return series. A return that is not finite leaves every metric but `observations` undefined.
 * Risk-free rate 0, sample std, annualised by `periodsPerYear`; VaR and CVaR are returns (negative = loss).
 * @throws RangeError if periodsPerYear is not positive, or positions or benchmark have another length.
 */
export function computeMetrics(input: MetricsInput): MetricsResult {
  const { returns, periodsPerYear, positions } = input;
  if (!(periodsPerYear > 0 && periodsPerYear < Infinity)) {
    throw new RangeError(`periodsPerYear must be a positive number, was ${periodsPerYear}`);
  }
  if (positions !== undefined && positions.length !== returns.length)
    throw new RangeError(`positions must have ${returns.length} values like returns, had ${positions.length}`);
  const broken = brokenAt('returns', returns);
  const metrics: Record<string, number | null> = {};
  const reasons: Record<string, string> = {};
  for (const [key, compute, whyUndefined] of rowsOf(input)) {
    const value = broken !== undefined && key !== 'observations' ? null : compute();
    metrics[key] = value !== null && Number.isFinite(value) ? value : null;
    if (metrics[key] === null) {
      reasons[key] = broken ?? (value === null ? whyUndefined : 'exceeds the number range');
    }
  }
  const few = returns.length < MIN_SHARPE_OBSERVATIONS && metrics.sharpe_ratio !== null;
  return {
    metrics,
    reasons,
    warnings: few ? [`sharpe_ratio rests on fewer than ${MIN_SHARPE_OBSERVATIONS} observations`] : [],
  };
}
