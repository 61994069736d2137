import type { BarColumns, BatchEvaluation } from '@assay/domain';
import {
  checkMarket,
  convertActs,
  convertInput,
  convertMarket,
  costPerSide,
  fxSplit,
  isPlain,
  lastWithin,
  OrderCosts,
  ReturnsEngine,
  runEngine,
  sliceInterventions,
  sliceResult,
  type Costs,
  type EngineInput,
  type EngineResult,
  type EquityPath,
  type FxRates,
  type FxSplit,
  type RunCharges,
} from '@assay/quant';
import { refusingInWireNames as refusing } from '../errors';
import type { ResolvedOptions } from './backtest-options';

type Range = readonly [from: number, to: number];

/** What an engine trades: the weight decided at each close, and what stops, targets and entry orders do beside it. */
export type TradedTargets = Pick<BatchEvaluation, 'weights' | 'interventions'>;

function within({ weights, interventions }: TradedTargets, from: number, to: number): TradedTargets {
  return {
    weights: weights.subarray(from, to),
    interventions: interventions && sliceInterventions(interventions, from, to),
  };
}

/** The market in the currency of its quotes. */
function quotedMarket(bars: BarColumns, [from, to]: Range, options: ResolvedOptions): Omit<EngineInput, 'targets'> {
  return {
    openTimeMs: bars.openTimeMs.subarray(from, to),
    open: bars.open.subarray(from, to),
    high: bars.high.subarray(from, to),
    low: bars.low.subarray(from, to),
    close: bars.close.subarray(from, to),
    volume: bars.volume.subarray(from, to),
    mode: options.mode,
    fill: options.fill,
    costs: options.costs,
    capital: options.capital,
    sizing: options.sizing,
    margin: options.margin,
    rates: Object.fromEntries(Object.entries(bars.extra).map(([name, column]) => [name, column.subarray(from, to)])),
  };
}

const ratesWithin = ({ open, close }: FxRates, [from, to]: Range): FxRates => ({
  open: open.subarray(from, to),
  close: close.subarray(from, to),
});

/** The market in the currency of the account. */
function marketOf(bars: BarColumns, range: Range, options: ResolvedOptions): Omit<EngineInput, 'targets'> {
  const quoted = quotedMarket(bars, range, options);
  return options.fx ? convertMarket(quoted, ratesWithin(options.fx, range)) : quoted;
}

function actsOf(acts: TradedTargets['interventions'], range: Range, { fx }: ResolvedOptions): typeof acts {
  return fx ? convertActs(acts, ratesWithin(fx, range)) : acts;
}

/** @throws DomainError `validation_failed` when the bars lack what the options need, such as the volume or a funding column. */
export function assertTradable(bars: BarColumns, options: ResolvedOptions): void {
  refusing(() => checkMarket(marketOf(bars, [0, bars.close.length], options)));
}

/** The engine over bars [from, to) in the currency of the account, flat before, acting on targets whose index 0 is bar `from`. */
export function runSegment(
  bars: BarColumns,
  { weights: targets, interventions: acts }: TradedTargets,
  range: Range,
  options: ResolvedOptions,
): EngineResult {
  const interventions = actsOf(acts, range, options);
  return refusing(() => runEngine(options.engine, { ...marketOf(bars, range, options), targets, interventions }));
}

/** The engine over all bars in the currency of an account, and what of it came of prices and of rates. */
export function runInCurrency(
  bars: BarColumns,
  { weights: targets, interventions }: TradedTargets,
  fx: FxRates,
  options: ResolvedOptions,
): { full: EngineResult; split: FxSplit } {
  const market = quotedMarket(bars, [0, bars.close.length], options);
  const quoted: EngineInput = { ...market, targets, interventions, withFills: true };
  return refusing(() => {
    const { fills, ...full } = runEngine(options.engine, convertInput(quoted, fx));
    return { full, split: fxSplit(quoted, fx, { ...full, fills }) };
  });
}

/** Returns and equity of one column of targets; the next run may overwrite the arrays. Charges default to the options'. */
export type PathRun = (targets: TradedTargets, charges?: Omit<RunCharges, 'interventions'>) => EquityPath;

/** `runSegment` for the returns and the equity alone, bit for bit, over the same bars and options but for the charges. */
export function segmentPaths(bars: BarColumns, range: Range, options: ResolvedOptions): PathRun {
  const market = marketOf(bars, range, options);
  if (options.engine === 'vectorized' || options.engine === 'vectorbt') {
    const engine = refusing(() => new ReturnsEngine(market));
    return ({ weights, interventions: acts }, charges) =>
      refusing(() => engine.run(weights, { ...charges, interventions: actsOf(acts, range, options) }));
  }
  return ({ weights: targets, interventions: acts }, charges) =>
    refusing(() =>
      runEngine(options.engine, { ...market, ...charges, targets, interventions: actsOf(acts, range, options) }),
    );
}

/** Bars by which a decision may lie before the bar whose return it makes: a `next_open` position is held overnight. */
const LEAD = 2;

export interface BlockOptions {
  /** The position that comes in is opened, the one that is left is closed, both at the block's own cost. */
  seamCosts: boolean;
}
/** A position that runs on beyond the block's ends, and one that is entered and left at them. */
export const CONTINUOUS: BlockOptions = { seamCosts: false };
export const CLOSED: BlockOptions = { seamCosts: true };

/**
 * Returns of bars [from, to) when the targets (one per bar of the history) are traded. A position decided before the
 * block is carried in, so a fixed rule's block is a slice of its continuous run, but for the costs at the seams.
 */
export function blockReturns(
  bars: BarColumns,
  targets: TradedTargets,
  [from, to]: Range,
  asked: ResolvedOptions,
  { seamCosts }: BlockOptions,
): Float64Array {
  const start = Math.max(0, from - LEAD);
  const traded = afterCalls(bars, targets, to, asked);
  const options = { ...asked, costs: costsDue(bars, [start, to], asked.costs) };
  const { returns, equity } = segmentPaths(bars, [start, to], options)(within(traded, start, to));
  const block = returns.slice(from - start);
  if (!seamCosts || block.length === 0) return block;
  const lag = options.fill === 'close' ? 1 : LEAD;
  const charge = (at: number, decided: number, held: number): void => {
    if (decided < start) return;
    const value = equity[held - start] ?? 1;
    const price = bars.close[held]! * (options.fx?.close[held] ?? 1);
    const fraction = heldFraction(heldAfter(traded, decided, held), price, value, options);
    const cost = seamCost(bars, held, price, fraction, value, options);
    const r = block[at]!;
    block[at] = Math.max(-1, options.mode === 'weight' ? r - cost : (1 + r) * (1 - cost) - 1);
  };
  if (from > 0) charge(0, from - lag, from - 1);
  charge(block.length - 1, to - lag, to - 1);
  return block;
}

/** Positions of the same bars [from, to), and the trades that were entered within them. */
export function blockTrades(
  bars: BarColumns,
  targets: TradedTargets,
  [from, to]: Range,
  asked: ResolvedOptions,
): Pick<EngineResult, 'positions' | 'trades'> {
  const start = Math.max(0, from - LEAD);
  const traded = afterCalls(bars, targets, to, asked);
  const options = { ...asked, costs: costsDue(bars, [start, to], asked.costs) };
  return sliceResult(runSegment(bars, within(traded, start, to), [start, to], options), from - start, to - start);
}

/** The targets that margin calls leave: a side that one before the block has put out does not come in with it. */
function afterCalls(bars: BarColumns, targets: TradedTargets, to: number, options: ResolvedOptions): TradedTargets {
  if (options.margin === undefined) return targets;
  const costs = costsDue(bars, [0, to], options.costs);
  return { ...targets, weights: runSegment(bars, within(targets, 0, to), [0, to], { ...options, costs }).positions };
}

/** A stretch without a funding rate has none due; a history without one is refused. */
function costsDue({ extra }: BarColumns, [from, to]: Range, costs: Costs): Costs {
  const rates = costs.fundingColumn === undefined ? undefined : extra[costs.fundingColumn];
  if (rates === undefined || rates.subarray(from, to).some(Number.isFinite) || !rates.some(Number.isFinite))
    return costs;
  return { ...costs, fundingColumn: undefined };
}

/** Weight held after bar `held`: what the close `decided` ordered, or what happened within the bar since. */
function heldAfter({ weights, interventions }: TradedTargets, decided: number, held: number): number {
  const last = interventions && decided < held ? lastWithin(interventions, held) : NaN;
  return last === last ? last : weights[decided]!;
}

/** What an order for such a fraction of the equity costs at the close of a bar, as a fraction too. */
function seamCost(
  { volume, openTimeMs }: BarColumns,
  t: number,
  price: number,
  fraction: number,
  equity: number,
  options: ResolvedOptions,
): number {
  const { costs, capital = 1 } = options;
  if (isPlain(options) || fraction === 0 || !(equity > 0)) return costPerSide(costs) * fraction;
  const orders = new OrderCosts({ costs, volume, openTimeMs }, capital);
  return orders.of(t, (fraction * equity) / price, price) / equity;
}

/** Notional of a held position as a fraction of the equity. */
function heldFraction(
  weight: number,
  price: number,
  equity: number,
  { mode, sizing, capital = 1 }: ResolvedOptions,
): number {
  if (mode !== 'fixed_qty' || sizing === undefined) return Math.abs(weight);
  if (!('qty' in sizing)) return Math.abs(weight) * sizing.fraction;
  return (Math.abs(weight) * sizing.qty * price) / (capital * Math.max(equity, Number.EPSILON));
}
