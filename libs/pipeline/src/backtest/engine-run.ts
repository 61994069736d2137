import type { BarColumns, BatchEvaluation } from '@assay/domain';
import {
  costPerSide,
  lastWithin,
  ReturnsEngine,
  runEngine,
  sliceInterventions,
  type Costs,
  type EngineInput,
  type EngineResult,
  type EquityPath,
} from '@assay/quant';
import { refusing } from '../errors';
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

function marketOf(bars: BarColumns, [from, to]: Range, options: ResolvedOptions): Omit<EngineInput, 'targets'> {
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
  };
}

/** The engine over bars [from, to), flat before, acting on targets whose index 0 is bar `from`. */
export function runSegment(
  bars: BarColumns,
  { weights: targets, interventions }: TradedTargets,
  range: Range,
  options: ResolvedOptions,
): EngineResult {
  return refusing(() => runEngine(options.engine, { ...marketOf(bars, range, options), targets, interventions }));
}

/** Returns and equity of one column of targets; the next run may overwrite the arrays. Costs default to the options'. */
export type PathRun = (targets: TradedTargets, costs?: Costs) => EquityPath;

/** `runSegment` for the returns and the equity alone, bit for bit, over the same bars and options but for the costs. */
export function segmentPaths(bars: BarColumns, range: Range, options: ResolvedOptions): PathRun {
  const market = marketOf(bars, range, options);
  if (options.engine === 'vectorized' || options.engine === 'vectorbt') {
    const engine = refusing(() => new ReturnsEngine(market));
    return ({ weights, interventions }, costs) => refusing(() => engine.run(weights, costs, interventions));
  }
  return ({ weights: targets, interventions }, costs = options.costs) =>
    refusing(() => runEngine(options.engine, { ...market, targets, interventions, costs }));
}

/** Bars by which a decision may lie before the bar whose return it makes: a `next_open` position is held overnight. */
const LEAD = 2;

export interface BlockOptions {
  /** The position that comes in is opened, the one that is left is closed, both at the block's own cost. */
  seamCosts: boolean;
}

/**
 * Returns of bars [from, to) when the targets (one per bar of the history) are traded. A position decided before the
 * block is carried in, so a fixed rule's block is a slice of its continuous run, but for the costs at the seams.
 */
export function blockReturns(
  bars: BarColumns,
  traded: TradedTargets,
  [from, to]: Range,
  options: ResolvedOptions,
  { seamCosts }: BlockOptions,
): Float64Array {
  const start = Math.max(0, from - LEAD);
  const { returns, equity } = segmentPaths(bars, [start, to], options)(within(traded, start, to));
  const block = returns.slice(from - start);
  if (!seamCosts || block.length === 0) return block;
  const lag = options.fill === 'close' ? 1 : LEAD;
  const charge = (at: number, decided: number, held: number): void => {
    if (decided < start) return;
    const value = equity[held - start] ?? 1;
    const cost =
      costPerSide(options.costs) * heldFraction(heldAfter(traded, decided, held), bars.close[held]!, value, options);
    const r = block[at]!;
    block[at] = Math.max(-1, options.mode === 'weight' ? r - cost : (1 + r) * (1 - cost) - 1);
  };
  if (from > 0) charge(0, from - lag, from - 1);
  charge(block.length - 1, to - lag, to - 1);
  return block;
}

/** Weight held after bar `held`: what the close `decided` ordered, or what happened within the bar since. */
function heldAfter({ weights, interventions }: TradedTargets, decided: number, held: number): number {
  const last = interventions && decided < held ? lastWithin(interventions, held) : NaN;
  return last === last ? last : weights[decided]!;
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
