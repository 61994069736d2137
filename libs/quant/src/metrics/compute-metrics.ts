import { annualizedReturn } from './annualized-return';
import { alpha, beta } from './beta-alpha';
import { calmarRatio } from './calmar-ratio';
import { downCapture, upCapture } from './capture-ratio';
import { downsideDeviation } from './downside-deviation';
import { exposure, turnover } from './exposure';
import { maxDrawdown, maxDrawdownDurationBars } from './max-drawdown';
import { METRIC_KEYS, type MetricKey } from './metric-definitions';
import { kurtosis, skewness } from './moments';
import { omegaRatio } from './omega-ratio';
import { kellyFraction, payoffRatio } from './payoff-ratio';
import { expectancy, profitFactor } from './profit-factor';
import { recoveryFactor } from './recovery-factor';
import { excessReturns } from './risk-free';
import { MIN_SHARPE_OBSERVATIONS, sharpeRatio } from './sharpe-ratio';
import { sortinoRatio } from './sortino-ratio';
import { stability } from './stability';
import { systemQualityNumber } from './system-quality-number';
import { tailRatio } from './tail-ratio';
import { totalReturn } from './total-return';
import { informationRatio, trackingError } from './tracking-error';
import { timeUnderWater, ulcerIndex } from './ulcer-index';
import { conditionalValueAtRisk, valueAtRisk } from './value-at-risk';
import { volatility } from './volatility';
import { closedTrades, winRatePeriods, winRateTrades, type TradeOutcome } from './win-rate';

export interface MetricsInput {
  readonly returns: Float64Array;
  readonly periodsPerYear: number;
  /** Decided weights, one per return: exposure and turnover. */
  readonly positions?: Float64Array;
  readonly trades?: readonly TradeOutcome[];
  /** Of the same bars, such as those of buy and hold: what is told against a benchmark. */
  readonly benchmarkReturns?: Float64Array;
  /** What cash earned on the same bars: Sharpe, Sortino, downside deviation, alpha and beta are of what is above it. */
  readonly riskFreeReturns?: Float64Array;
}

export interface MetricsResult {
  /** snake_case keys; null = undefined, explained in `reasons` under the same key. */
  readonly metrics: Record<string, number | null>;
  readonly reasons: Record<string, string>;
  /** Values that exist but deserve doubt. */
  readonly warnings: string[];
}

/** What a metric is, and why it may have no value. */
type Row = readonly [value: () => number | null, whyUndefined: string];

/** Names the first value that is not finite; undefined when there is none. */
function brokenAt(field: string, values: Float64Array): string | undefined {
  for (let at = 0; at < values.length; at++)
    // neither NaN nor an infinity less itself is 0
    if (values[at] - values[at] !== 0) return `${field}[${at}] is ${values[at]}`;
  return undefined;
}

function rowsOf(input: MetricsInput): Record<MetricKey, Row> {
  const { returns: r, periodsPerYear: p, positions, trades, benchmarkReturns: b, riskFreeReturns: cash } = input;
  const excess = excessReturns(r, cash);
  const noReturns = 'no returns';
  const few = r.length < 2 ? 'fewer than 2 returns' : undefined;
  const whyNoCash = cash && brokenAt('riskFreeReturns', cash);
  const whyNoPosition =
    positions === undefined ? 'no positions given' : (brokenAt('positions', positions) ?? noReturns);
  const benchmarkReason = (otherwise: string): string =>
    b === undefined ? 'no benchmark returns given' : (brokenAt('benchmarkReturns', b) ?? otherwise);
  const whyNoBeta = benchmarkReason(whyNoCash ?? few ?? 'the benchmark does not vary');
  const closed = trades && closedTrades(trades);
  const tradeReason = (otherwise = ''): string =>
    closed === undefined ? 'no trades given' : closed.length === 0 ? 'no closed trades' : otherwise;
  const oneSided = tradeReason('no winning trade, or no losing one');
  const ofTrades = (metric: (trades: readonly TradeOutcome[]) => number | null) => (): number | null =>
    trades ? metric(trades) : null;
  const against = (metric: (benchmark: Float64Array) => number | null) => (): number | null => (b ? metric(b) : null);
  return {
    total_return: [() => totalReturn(r), noReturns],
    annualized_return: [() => annualizedReturn(r, p), noReturns],
    sharpe_ratio: [
      () => sharpeRatio(r, p, cash),
      whyNoCash ?? few ?? (cash ? 'returns above cash do not vary' : 'returns do not vary'),
    ],
    max_drawdown: [() => maxDrawdown(r), noReturns],
    calmar_ratio: [() => calmarRatio(r, p), r.length === 0 ? noReturns : 'no drawdown'],
    sortino_ratio: [
      () => sortinoRatio(r, p, cash),
      whyNoCash ?? (r.length === 0 ? noReturns : cash ? 'no return below cash' : 'no negative return'),
    ],
    volatility: [() => volatility(r, p), 'fewer than 2 returns'],
    max_drawdown_duration_bars: [() => maxDrawdownDurationBars(r), noReturns],
    var_95: [() => valueAtRisk(r, 0.95), noReturns],
    cvar_95: [() => conditionalValueAtRisk(r, 0.95), noReturns],
    var_99: [() => valueAtRisk(r, 0.99), noReturns],
    cvar_99: [() => conditionalValueAtRisk(r, 0.99), noReturns],
    omega_ratio: [() => omegaRatio(r, p), r.length === 0 ? noReturns : 'no return below the threshold'],
    tail_ratio: [() => tailRatio(r), r.length === 0 ? noReturns : 'the 5 % quantile is 0'],
    win_rate_periods: [() => winRatePeriods(r), r.length === 0 ? noReturns : 'all returns are 0'],
    win_rate_trades: [ofTrades(winRateTrades), tradeReason()],
    profit_factor: [ofTrades(profitFactor), tradeReason('no losing trade')],
    expectancy: [ofTrades(expectancy), tradeReason()],
    exposure: [() => (positions ? exposure(positions) : null), whyNoPosition],
    turnover: [() => (positions ? turnover(positions, p) : null), whyNoPosition],
    trade_count: [() => (trades ? trades.length : null), 'no trades given'],
    beta: [against((market) => beta(excess, excessReturns(market, cash))), whyNoBeta],
    alpha: [against((market) => alpha(r, market, p, cash)), whyNoBeta],
    skewness: [() => skewness(r), few ?? 'returns do not vary'],
    kurtosis: [() => kurtosis(r), few ?? 'returns do not vary'],
    observations: [() => r.length, noReturns],
    downside_deviation: [() => downsideDeviation(excess, p), whyNoCash ?? noReturns],
    ulcer_index: [() => ulcerIndex(r), noReturns],
    recovery_factor: [() => recoveryFactor(r), r.length === 0 ? noReturns : 'no drawdown'],
    time_under_water: [() => timeUnderWater(r), noReturns],
    stability: [() => stability(r), few ?? 'the equity does not move, or was lost'],
    payoff_ratio: [ofTrades(payoffRatio), oneSided],
    kelly_fraction: [ofTrades(kellyFraction), oneSided],
    system_quality_number: [
      ofTrades(systemQualityNumber),
      tradeReason(closed?.length === 1 ? 'fewer than 2 closed trades' : 'trades do not vary'),
    ],
    up_capture: [against((market) => upCapture(r, market)), benchmarkReason('the benchmark never rose')],
    down_capture: [against((market) => downCapture(r, market)), benchmarkReason('the benchmark never fell')],
    tracking_error: [against((market) => trackingError(r, market, p)), benchmarkReason(few ?? '')],
    information_ratio: [
      against((market) => informationRatio(r, market, p)),
      benchmarkReason(few ?? 'returns less those of the benchmark do not vary'),
    ],
  };
}

/** Metrics that read positions or trades; of the others the returns, and those of a benchmark, are enough. */
export const METRICS_OF_TRADING: ReadonlySet<MetricKey> = new Set([
  ...(['win_rate_trades', 'profit_factor', 'expectancy', 'exposure', 'turnover', 'trade_count'] as const),
  ...(['payoff_ratio', 'kelly_fraction', 'system_quality_number'] as const),
]);

/** One metric with the value that `computeMetrics` gives it, without computing the others. Null where it is undefined. */
export function computeMetric(key: MetricKey, input: MetricsInput): number | null {
  return computeMetricsOf([key], input)[0];
}

/** Several metrics with the values that `computeMetrics` gives them, in the order of the keys, without computing the others. */
export function computeMetricsOf(keys: readonly MetricKey[], input: MetricsInput): (number | null)[] {
  checkInput(input);
  const broken = brokenAt('returns', input.returns) !== undefined;
  const rows = rowsOf(input);
  return keys.map((key) => (broken && key !== 'observations' ? null : finite(rows[key][0]())));
}

const finite = (value: number | null): number | null => (value !== null && Number.isFinite(value) ? value : null);

function checkInput({ returns, periodsPerYear, positions }: MetricsInput): void {
  if (!(periodsPerYear > 0 && periodsPerYear < Infinity)) {
    throw new RangeError(`periodsPerYear must be a positive number, was ${periodsPerYear}`);
  }
  if (positions !== undefined && positions.length !== returns.length)
    throw new RangeError(`positions must have ${returns.length} values like returns, had ${positions.length}`);
}

/**
 * All metrics of one return series. A return that is not finite leaves every metric but `observations` undefined.
 * Risk-free rate 0 unless given, sample std, annualised by `periodsPerYear`; VaR and CVaR are returns (negative = loss).
 * @throws RangeError if periodsPerYear is not positive, or positions, benchmark or risk-free returns have another length.
 */
export function computeMetrics(input: MetricsInput): MetricsResult {
  checkInput(input);
  const { returns } = input;
  const broken = brokenAt('returns', returns);
  const metrics: Record<string, number | null> = {};
  const reasons: Record<string, string> = {};
  const rows = rowsOf(input);
  for (const key of METRIC_KEYS) {
    const [compute, whyUndefined] = rows[key];
    const value = broken !== undefined && key !== 'observations' ? null : compute();
    metrics[key] = finite(value);
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
