/** In what a metric is measured. Fractions are of 1: 0.25 is 25 %. */
export type MetricUnit = 'fraction' | 'fraction per year' | 'ratio' | 'bars' | 'count' | 'number';

/** Which of two values is better; null where neither is, as such. */
export type BetterValue = 'higher' | 'lower' | null;

/** What a metric says, for those who read its value. */
export interface MetricDefinition {
  readonly name: string;
  readonly unit: MetricUnit;
  readonly better: BetterValue;
  readonly definition: string;
}

const of = (name: string, unit: MetricUnit, better: BetterValue, definition: string): MetricDefinition => ({
  ...{ name, unit, better, definition },
});

/**
 * Every metric of `computeMetrics` by its key, in the order of its answers. r is the return of a bar, P bars per year, n the bars that are
 * scored; std has ddof 1. "Above cash" is r less the risk-free return of its bar, which is 0 unless a rate is given.
 */
export const METRICS = {
  total_return: of('Total return', 'fraction', 'higher', 'product of (1 + r) minus 1, -1 after a ruin'),
  annualized_return: of('Annualised return (CAGR)', 'fraction per year', 'higher', '(1 + total return)^(P/n) - 1'),
  sharpe_ratio: of('Sharpe ratio', 'ratio', 'higher', 'mean / std of r above cash, x sqrt(P)'),
  max_drawdown: of(
    'Maximum drawdown',
    'fraction',
    'lower',
    'deepest fall from a peak of the equity, a positive number; the start counts as a peak',
  ),
  calmar_ratio: of('Calmar ratio', 'ratio', 'higher', 'annualised return / maximum drawdown, of the whole time'),
  sortino_ratio: of('Sortino ratio', 'ratio', 'higher', 'mean of r above cash / downside deviation per bar, x sqrt(P)'),
  volatility: of('Volatility', 'fraction per year', 'lower', 'std of r x sqrt(P)'),
  max_drawdown_duration_bars: of(
    'Longest drawdown',
    'bars',
    'lower',
    'most bars from a peak to its recovery, or to the last bar',
  ),
  var_95: of(
    'Value at risk, 95 %',
    'fraction',
    'higher',
    '5 % quantile of r, linear between values (type 7): a return, so a loss is negative',
  ),
  cvar_95: of(
    'Expected shortfall, 95 %',
    'fraction',
    'higher',
    'mean of the r at or below var_95: a return, so a loss is negative',
  ),
  var_99: of(
    'Value at risk, 99 %',
    'fraction',
    'higher',
    '1 % quantile of r, linear between values (type 7): a return, so a loss is negative',
  ),
  cvar_99: of(
    'Expected shortfall, 99 %',
    'fraction',
    'higher',
    'mean of the r at or below var_99: a return, so a loss is negative',
  ),
  omega_ratio: of('Omega ratio', 'ratio', 'higher', 'sum of the gains / sum of the losses of the bars, threshold 0'),
  tail_ratio: of('Tail ratio', 'ratio', 'higher', '|95 % quantile of r| / |5 % quantile of r|'),
  win_rate_periods: of('Win rate of bars', 'fraction', 'higher', 'share of r above 0 among those that are not 0'),
  win_rate_trades: of('Win rate of trades', 'fraction', 'higher', 'share of closed trades with a net return above 0'),
  profit_factor: of(
    'Profit factor',
    'ratio',
    'higher',
    'sum of net returns of winning closed trades / sum of the losses of losing ones',
  ),
  expectancy: of('Expectancy', 'fraction', 'higher', 'mean net return of closed trades'),
  exposure: of('Exposure', 'fraction', null, 'share of bars with a position'),
  turnover: of('Turnover', 'fraction per year', 'lower', 'sum of |change of the weight|, both ways, / years'),
  trade_count: of('Trades', 'count', null, 'round trips, open ones included'),
  beta: of('Beta', 'ratio', null, 'covariance with the benchmark / its variance, both above cash'),
  alpha: of('Alpha', 'fraction per year', 'higher', '(mean of r above cash - beta x that of the benchmark) x P'),
  skewness: of('Skewness', 'number', 'higher', 'm3 / m2^1.5 of r, population moments'),
  kurtosis: of(
    'Kurtosis',
    'number',
    'lower',
    'm4 / m2^2 of r, population moments; not excess: a normal distribution has 3',
  ),
  observations: of('Observations', 'count', null, 'bars that are scored'),
  downside_deviation: of(
    'Downside deviation',
    'fraction per year',
    'lower',
    'sqrt(mean over all bars of min(r above cash, 0)^2) x sqrt(P)',
  ),
  ulcer_index: of('Ulcer index', 'fraction', 'lower', 'sqrt(mean over all bars of the squared fall below the peak)'),
  recovery_factor: of('Recovery factor', 'ratio', 'higher', 'total return / maximum drawdown, not annualised'),
  time_under_water: of('Time under water', 'fraction', 'lower', 'share of bars whose equity is below its peak'),
  stability: of(
    'Stability',
    'number',
    'higher',
    'R^2 of a straight line through the logarithm of the equity: 1 is growth, or loss, at one pace',
  ),
  payoff_ratio: of(
    'Payoff ratio',
    'ratio',
    'higher',
    'mean net return of winning closed trades / mean loss of losing ones',
  ),
  kelly_fraction: of(
    'Kelly fraction',
    'fraction',
    'higher',
    'share of wins - share of losses / payoff ratio, of closed trades and in sample',
  ),
  system_quality_number: of(
    'System quality number (SQN)',
    'number',
    'higher',
    'sqrt(n) x mean / std of the net returns of n closed trades, n not capped',
  ),
  up_capture: of(
    'Up capture',
    'ratio',
    'higher',
    'geometric mean r / that of the benchmark over the bars at which the benchmark rose',
  ),
  down_capture: of(
    'Down capture',
    'ratio',
    'lower',
    'geometric mean r / that of the benchmark over the bars at which the benchmark fell',
  ),
  tracking_error: of('Tracking error', 'fraction per year', null, 'std of r minus that of the benchmark, x sqrt(P)'),
  information_ratio: of(
    'Information ratio',
    'ratio',
    'higher',
    'mean / std of r minus that of the benchmark, x sqrt(P)',
  ),
} as const satisfies Readonly<Record<string, MetricDefinition>>;

export type MetricKey = keyof typeof METRICS;

export const METRIC_KEYS = Object.keys(METRICS) as MetricKey[];

/** Which of two values of a metric is better; null where neither is, and for a key that is no metric. */
export const betterOf = (key: string): BetterValue =>
  Object.hasOwn(METRICS, key) ? METRICS[key as MetricKey].better : null;

/** Indices of the best of the defined values by the direction of a metric; none where there is no better one, or nothing to compare. */
export function bestOf(key: string, values: readonly (number | null)[]): number[] {
  const better = betterOf(key);
  const defined = values.filter((value) => value !== null);
  if (better === null || defined.length < 2) return [];
  const best = better === 'lower' ? Math.min(...defined) : Math.max(...defined);
  return values.flatMap((value, i) => (value === best ? [i] : []));
}
