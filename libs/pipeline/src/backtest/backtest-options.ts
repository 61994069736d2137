import type { CostsDocument, StrategyDocument } from '@assay/contracts';
import { periodsPerYear as periodsPerYearOf } from '@assay/domain';
import { DAY_MS, invalid } from '@assay/primitives';
import type {
  AccountingMode,
  Costs,
  EngineName,
  FillRule,
  FxRates,
  MarginRule,
  Sizing as UnitSizing,
} from '@assay/quant';
import type { Benchmark, RiskFree } from './benchmark';

export interface BacktestOptions {
  /** Default `vectorized`. */
  engine?: EngineName;
  /** Default `weight`. */
  mode?: AccountingMode;
  /** Default `next_open`. */
  fill?: FillRule;
  /** Default: the document's costs, or 5 bps of fee where it has none. */
  costs?: Costs;
  /** Currency; needed by mode `fixed_qty` and by costs that know the size of an order. */
  capital?: number;
  /** Units per unit of weight, or another sizing; needed by mode `fixed_qty`. */
  sizing?: UnitSizing;
  /** Index of the first bar that may be scored; default: the document's lookback. */
  scoreFrom?: number;
  /** ISO-8601 bounds of what is scored, both inclusive. Indicators see the bars before `start` all the same. */
  start?: string;
  end?: string;
  /** Default: what the document's timeframe and trading period say. Annualises the metrics only. */
  periodsPerYear?: number;
  /** Default: buy and hold of the bars. Beta, alpha, captures, tracking error and information ratio are told against it. */
  benchmark?: Benchmark;
  /** Default 0. Sharpe, Sortino, downside deviation, alpha and beta are of what is above it. */
  riskFree?: RiskFree;
  /** Of the account's currency, where it is not the one of the prices; capital and amounts of the costs are the account's. */
  fx?: FxRates;
}

export interface ResolvedOptions {
  engine: EngineName;
  mode: AccountingMode;
  fill: FillRule;
  costs: Costs;
  capital?: number;
  sizing?: UnitSizing;
  margin?: MarginRule;
  periodsPerYear: number;
  benchmark?: Benchmark;
  riskFree?: RiskFree;
  fx?: FxRates;
}

const DEFAULT_COSTS: Costs = { feeBps: 5, slippageBps: 0, spreadBps: 0 };

/** The costs of a document as the engines take them; what it leaves out is left out. */
export function costsFromDocument(costs: CostsDocument): Costs {
  const { tiers, impact } = costs;
  const further: Costs = {
    ...{ feeBps: costs.fee_bps, slippageBps: costs.slippage_bps, spreadBps: costs.spread_bps },
    ...{ fixedFee: costs.fixed_fee, perShare: costs.per_share, minimumFee: costs.minimum_fee },
    tiers: tiers && {
      by: tiers.by,
      levels: tiers.levels.map(({ from, fee_bps, per_share }) => ({ from, feeBps: fee_bps, perShare: per_share })),
    },
    impact: impact && { kind: impact.kind, coefficientBps: impact.coefficient_bps },
    ...{ borrowBpsPerYear: costs.borrow_bps_per_year, fundingColumn: costs.funding_column },
  };
  return Object.fromEntries(Object.entries(further).filter(([, value]) => value !== undefined)) as unknown as Costs;
}

/** Whether what the costs charge depends on how much money is behind the account. */
export function needsCapital({ fixed_fee, minimum_fee, tiers, impact }: CostsDocument): boolean {
  return [fixed_fee, minimum_fee, tiers, impact].some((cost) => cost !== undefined);
}

function marginOf({ sizing }: StrategyDocument): MarginRule | undefined {
  const margin = sizing?.leverage?.margin;
  return margin && { maintenance: margin.maintenance, onCall: margin.on_call };
}

export function resolveOptions(document: StrategyDocument, options: BacktestOptions): ResolvedOptions {
  const documentCosts = document.kind === 'pipeline' ? costsFromDocument(document.costs) : DEFAULT_COSTS;
  return {
    engine: options.engine ?? 'vectorized',
    mode: options.mode ?? 'weight',
    fill: options.fill ?? 'next_open',
    costs: options.costs ?? documentCosts,
    capital: options.capital,
    sizing: options.sizing,
    margin: marginOf(document),
    periodsPerYear: options.periodsPerYear ?? periodsPerYearOf(document),
    benchmark: options.benchmark,
    riskFree: options.riskFree,
    fx: options.fx,
  };
}

function parseTime(field: 'start' | 'end' | 'at', value: string): number {
  const time = Date.parse(value);
  if (!Number.isNaN(time)) return time;
  throw invalid([
    { field, rule: 'iso_8601', value, message: `${field} must be an ISO-8601 date or time, was ${value}` },
  ]);
}

/** A bare date as `end` includes the whole day. */
function endOf(value: string): number {
  const time = parseTime('end', value);
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? time + DAY_MS - 1 : time;
}

/** First index whose open time is at least `time`. */
export function firstBarAt(openTimeMs: Float64Array, time: number): number {
  let low = 0;
  let high = openTimeMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (openTimeMs[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The last bar that opened by a date's end or a time; -1 where none did.
 * @throws DomainError `validation_failed` for a text that is neither.
 */
export const barUntil = (openTimeMs: Float64Array, at: string): number => {
  parseTime('at', at);
  return firstBarAt(openTimeMs, endOf(at) + 1) - 1;
};

const dateOf = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10);

const barsText = (openTimeMs: Float64Array): string =>
  `${openTimeMs.length} bars from ${dateOf(openTimeMs[0]!)} to ${dateOf(openTimeMs.at(-1)!)}`;

function askedText(start?: string, end?: string): string {
  const given = Object.entries({ start, end }).filter(([, date]) => date !== undefined);
  return given.length === 0 ? '' : `, was ${given.map((one) => one.join(' ')).join(' and ')}`;
}

/**
 * Half-open range of scored bars.
 * @throws DomainError `validation_failed` when no bar lies in it.
 */
export function scoredRange(
  openTimeMs: Float64Array,
  { scoreFrom = 0, start, end }: Pick<BacktestOptions, 'scoreFrom' | 'start' | 'end'>,
): [number, number] {
  const n = openTimeMs.length;
  const first = start === undefined ? 0 : firstBarAt(openTimeMs, parseTime('start', start));
  const to = end === undefined ? n : firstBarAt(openTimeMs, endOf(end) + 1);
  const from = Math.max(first, scoreFrom);
  if (from < to) return [from, to];
  const unscored = scoreFrom === 0 ? '' : `: the first ${scoreFrom} are not scored`;
  const message =
    scoreFrom < n
      ? `the scored range must hold at least one bar, had none of ${barsText(openTimeMs)}${unscored}${askedText(start, end)}`
      : `the history must have at least ${scoreFrom + 1} bars, had ${n}${unscored}`;
  throw invalid([
    {
      field: start === undefined ? 'end' : 'start',
      rule: 'non_empty_range',
      value: { start, end, scoreFrom },
      message,
    },
  ]);
}
