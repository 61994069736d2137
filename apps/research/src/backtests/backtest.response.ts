import type { IntervalsDocument, MonteCarloDocument, Problem, StressDocument, Warning } from '@assay/contracts';
import { METRICS, type CostTotals, type MetricUnit } from '@assay/quant';
import type { BacktestRequest, BenchmarkRequest, TradeDocument } from '../records/backtests/backtest-document';
import type { Basis, Rerun } from '../records/backtests/basis';
import type { DataPin } from '../records/market/data-pin';
import type { SignalRow } from '../runs/evaluated-bars';
import {
  ArrayField,
  BooleanField,
  DateTimeField,
  EnumField,
  IntegerField,
  JsonField,
  NumberField,
  StringField,
  UuidField,
} from '@assay/platform';
import { TagsField } from '../listing/tag.request';

const METRIC_UNITS = [...new Set(Object.values(METRICS).map(({ unit }) => unit))];

type Metrics = Record<string, number | null>;

export interface DrawdownView {
  peak: string | null;
  trough: string | null;
  recovery: string | null;
  drawdown_fraction: number;
  bars: number;
}

/** What a symbol of a universe has made. */
export interface ContributionView {
  symbol: string;
  group: string | null;
  /** Part of the total return that is this symbol's, its costs taken off. */
  contribution: number;
  /** The same in currency, of the strategy's capital. */
  pnl: number;
  costs: number;
  /** Of an account in another currency: what came of prices and of rates, before costs. */
  price?: number;
  fx?: number;
  trades: number;
  bars_held: number;
  bars_missing: number;
}

/** A stretch in which a member has no bar although another has one. */
export interface AbsenceView {
  symbol: string;
  from: string;
  to: string;
  bars_missing: number;
}

export interface ComparedBacktest extends Pick<
  BacktestDto,
  'id' | 'strategy_id' | 'revision' | 'engine' | 'config_hash'
> {
  timeframe: string;
  metrics: Metrics;
}

export interface EngineView {
  name: string;
  aliases: string[];
  description: string;
}

export class BacktestDto {
  @UuidField() id: string;
  @TagsField() tags?: string[];
  @UuidField() strategy_id: string;
  @IntegerField() revision: number;
  @StringField() config_hash: string;
  @EnumField({ values: ['vectorized', 'event'] }) engine: string;
  @EnumField({ values: ['pending', 'queued', 'running', 'completed', 'failed', 'canceled'] }) status: string;
  @JsonField({ description: 'mode, fill, costs, start, end, score_from, source, benchmark, risk_free, fx' })
  request: BacktestRequest;
  @UuidField({ nullable: true }) job_id: string | null;
  @JsonField({ nullable: true }) metrics: Metrics | null;
  @JsonField({ nullable: true }) buy_hold_metrics: Metrics | null;
  @JsonField({ nullable: true, description: 'why a metric is null' }) reasons: Record<string, string> | null;
  @JsonField({ nullable: true, description: 'why one of buy_hold_metrics is null' }) buy_hold_reasons: Record<
    string,
    string
  > | null;
  @JsonField({
    nullable: true,
    description:
      '{fees, spread, slippage, borrow, funding, total} of the scored bars as fractions of the equity before them; received funding is negative',
  })
  costs: CostTotals | null;
  @JsonField({
    nullable: true,
    description:
      'first scored bar {index, time, rule}; rule: lookback (the default), start or score_from, whichever set it',
  })
  scored_from: Basis['scored_from'] | null;
  @NumberField({ nullable: true, description: 'bars per year of the annualised figures' })
  periods_per_year: number | null;
  @JsonField({
    nullable: true,
    description:
      'the benchmark that was asked for: source, symbol, timeframe and SHA-256 of its bars; null: buy and hold alone',
  })
  benchmark: (BenchmarkRequest & { fingerprint: string }) | null;
  @JsonField({ nullable: true, description: 'of holding that benchmark, without costs' })
  benchmark_metrics: Metrics | null;
  @JsonField({ nullable: true, description: 'why one of benchmark_metrics is null' }) benchmark_reasons: Record<
    string,
    string
  > | null;
  @JsonField({
    nullable: true,
    description: 'what cash earned: a rate a year, or source, name, unit and SHA-256 of a series; null: nothing',
  })
  risk_free: Exclude<Basis['risk_free'], undefined> | null;
  @JsonField({
    nullable: true,
    description:
      "the account's currency: {account_currency, source, symbol, timeframe, invert, max_age_days}, SHA-256 of the rates and {price, fx, written_off}, which add up to the total return and the costs; of a universe in several currencies {account_currency, rates: [{currency, ...}]}; null: the currency of the prices",
  })
  fx: Basis['fx'] | null;
  @ArrayField('json') warnings: Warning[];
  @JsonField({ nullable: true, description: 'source, symbol, first and last bar, scored range' }) data: DataPin | null;
  @StringField({ nullable: true, description: 'SHA-256 of the bars' }) fingerprint: string | null;
  @StringField({
    nullable: true,
    description: 'SHA-256 of the exact returns, the metrics and the trades; the same for the same run',
  })
  result_hash: string | null;
  @JsonField({ nullable: true, description: 'of one that repeats another: {of, same_bars, same_result}' })
  rerun: Rerun | null;
  @StringField({ nullable: true }) artifact_sha256: string | null;
  @JsonField({ nullable: true }) error: Problem | null;
  @IntegerField() version: number;
  @DateTimeField() created_at: string;
  @DateTimeField({ nullable: true }) started_at: string | null;
  @DateTimeField({ nullable: true }) finished_at: string | null;
}

export class BacktestPageDto {
  @ArrayField(() => BacktestDto) items: BacktestDto[];
  @UuidField({ nullable: true }) next_cursor: string | null;
}

export class EquityPointDto {
  @StringField() date: string;
  @JsonField({ types: ['number'], description: 'from 1, costs included' }) equity: number;
  @JsonField({ types: ['number'], description: 'close to close, no costs' }) buy_hold: number;
  @JsonField({
    types: ['number'],
    nullable: true,
    description: 'of the benchmark that was asked for; null without one, and before it begins',
  })
  benchmark: number | null;
  @JsonField({ types: ['number'] }) position: number;
  @JsonField({ types: ['number'] }) return: number;
}

export class EquityCurveDto {
  @ArrayField(() => EquityPointDto) items: EquityPointDto[];
}

export class TradesDto {
  @ArrayField('json') items: TradeDocument[];
}

export class ContributionsDto {
  @ArrayField('json', {
    description:
      '{symbol, group, contribution, pnl, costs, price, fx, trades, bars_held, bars_missing}; contributions add up to the total return, price + fx - costs to the contribution; both of an account in another currency alone',
  })
  items: ContributionView[];
  @ArrayField('json', {
    description: '{symbol, from, to, bars_missing}: members without bars, which are not held, ranked or compared there',
  })
  absences: AbsenceView[];
}

export class DrawdownsDto {
  @ArrayField('json', { description: 'deepest first: {peak, trough, recovery, drawdown_fraction, bars}' })
  items: DrawdownView[];
}

/** Compounded returns of a calendar month or year. */
interface PeriodReturns {
  return: number | null;
  buy_hold: number | null;
  /** Null without a benchmark that was asked for. */
  benchmark: number | null;
}

export interface MonthView extends PeriodReturns {
  year: number;
  month: number;
}

export interface YearView extends PeriodReturns {
  year: number;
}

export class CalendarReturnsDto {
  @StringField({ description: 'whose dates the months and years are of' }) market: string;
  @StringField({ description: 'IANA zone of that market' }) zone: string;
  @ArrayField('json', { description: '{year, month, return, buy_hold, benchmark}, the first and last in part' })
  months: MonthView[];
  @ArrayField('json', { description: '{year, return, buy_hold, benchmark}' }) years: YearView[];
}

export interface RollingView {
  date: string;
  sharpe_ratio: number | null;
  volatility: number | null;
  beta: number | null;
  max_drawdown: number | null;
}

export class RollingDto {
  @IntegerField() window: number;
  @ArrayField('json', {
    description:
      '{date, sharpe_ratio, volatility, beta, max_drawdown} of the window that ends there, from the first whole one on',
  })
  items: RollingView[];
}

export interface WorstBarView {
  date: string;
  return: number;
  buy_hold: number;
}

export class WorstBarsDto {
  @ArrayField('json', { description: 'the deepest losses of one bar, the deepest first: {date, return, buy_hold}' })
  items: WorstBarView[];
}

export class IntervalsDto implements IntervalsDocument {
  @IntegerField() observations: number;
  @IntegerField() closed_trades: number;
  @JsonField({
    description:
      '{intervals, scheme, resamples, block, trade_block, seed}: how bars, and closed trades, were drawn; the seed is made of the returns and the request',
  })
  bootstrap: IntervalsDocument['bootstrap'];
  @ArrayField('json', {
    description:
      '{metric, value, standard_error, lower_90, upper_90, lower_95, upper_95, why} of every metric; why one is null',
  })
  items: IntervalsDocument['items'];
  @JsonField({
    nullable: true,
    description:
      '{lags, skewness, kurtosis, autocorrelation, alternative: {sharpe_ratio, prior}, errors: [{method, sharpe_ratio, standard_error, lower_90, upper_90, lower_95, upper_95, why}], evidence: [{formula, probabilistic_sharpe, min_track_record_length, detectable_sharpe, power, planned_fdr, observed_fdr}]}; null where the ratio is undefined',
  })
  sharpe: IntervalsDocument['sharpe'];
  @ArrayField('string') warnings: string[];
}

export class StressDto implements StressDocument {
  @StringField({ description: 'of the draws of missed fills; made of the returns' }) seed: string;
  @ArrayField('json', {
    description:
      '{scenario, what, metrics, reasons, draws, worst_5} of as_run, fees_x2, slippage_x3, one_bar_late, missed_fills and all_costs_late; of missed fills metrics are medians, worst_5 what 1 draw in 20 falls short of',
  })
  items: StressDocument['items'];
}

export class MonteCarloDto implements MonteCarloDocument {
  @IntegerField() observations: number;
  @StringField({ description: 'made of the returns' }) seed: string;
  @ArrayField('json', {
    description:
      '{method, what, draws, block, items: [{metric, observed, mean, lower_5, lower_25, median, upper_75, upper_95, worst, as_good}], why} of trade_order, random_timing, price_blocks, parameter_noise and neighbours; as_good is (1 + draws at least as good) / (1 + draws), why says why nothing was drawn',
  })
  methods: MonteCarloDocument['methods'];
}

export class SignalRowsDto {
  @ArrayField('string') feature_names: string[];
  @ArrayField('json', {
    description:
      '{bar_time, features, prediction, signal, weight, decision, bits: {features, prediction, signal, weight}}; bits are IEEE 754 patterns',
  })
  rows: SignalRow[];
}

export class ComparisonDto {
  @ArrayField('json', { description: '{id, strategy_id, revision, engine, config_hash, timeframe, metrics}' })
  items: ComparedBacktest[];
  @JsonField({ description: 'metric -> values in the order of items' }) metrics: Record<string, (number | null)[]>;
  @JsonField({ description: 'metric -> which value is the better, higher or lower; null where neither is' })
  better: Record<string, 'higher' | 'lower' | null>;
  @JsonField({
    description:
      'metric -> ids of the best by that direction, several where they tie; only where two values are defined',
  })
  best: Record<string, string[]>;
  @ArrayField('json', { description: 'correlation of returns on common bars, null where undefined' })
  correlation: (number | null)[][];
  @BooleanField({ description: 'true where all read the same bars' }) same_data: boolean;
}

export class MetricDefinitionDto {
  @StringField({ description: 'under which answers have its value' }) key: string;
  @StringField() name: string;
  @EnumField({ values: METRIC_UNITS, description: 'fractions are of 1: 0.25 is 25 %' }) unit: MetricUnit;
  @EnumField({ values: ['higher', 'lower'], nullable: true, description: 'which value is the better; null: neither' })
  better: 'higher' | 'lower' | null;
  @StringField() definition: string;
}

export class MetricCatalogueDto {
  @ArrayField(() => MetricDefinitionDto) items: MetricDefinitionDto[];
}

export class EnginesDto {
  @ArrayField('json', { description: '{name, aliases, description}' }) items: EngineView[];
}
