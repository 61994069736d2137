import type { DrawnRow, MonteCarloDocument, MonteCarloMethod, MonteCarloRow, StrategyDocument } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { refuse } from '@assay/primitives';
import {
  blockResampler,
  computeMetricsOf,
  distributionOf,
  drawCount,
  hasOtherTimings,
  lastingBlock,
  METRICS,
  mostDraws,
  randomTimer,
  requireThat,
  resampleBars,
  tradeShuffler,
  type MetricKey,
} from '@assay/quant';
import { backtestPrepared, segmentPaths, type BacktestInput, type BacktestOutcome } from '../backtest';
import { backtestPredictions, evaluatePrepared, prepareStrategy, type PreparedStrategy } from '../evaluator';
import { hashOfColumn } from '../hash';
import { decisiveNumbers, MOST_NUMBERS, neighbouringDocuments, noisyDocuments } from './parameter-noise';

export interface MonteCarloInput extends BacktestInput {
  /** Default 1,000, or as many as 20,000,000 bars make; of prices a tenth of that, at least 100. */
  draws?: number;
  /** Mean bars of a block of prices; default by `lastingBlock`, at least 21. */
  block?: number;
}

/** Fewer bars say too little about others of their kind. */
const MIN_BARS = 20;
/** A month of daily bars: what a strategy reads must not be cut at every other bar. */
const LEAST_PRICE_BLOCK = 21;
/** A history of prices is evaluated anew: that costs as much as ten runs over it. */
const PRICE_DRAWS_PER_DRAW = 10;

const NO_CHANCES = { lower_5: null, lower_25: null, upper_75: null, upper_95: null, as_good: null };

const OF_THE_WAY: readonly MetricKey[] = ['max_drawdown', 'max_drawdown_duration_bars', 'ulcer_index'];
const OF_THE_RESULT: readonly MetricKey[] = ['total_return', 'sharpe_ratio', 'max_drawdown'];

const WHAT: Record<MonteCarloMethod, string> = {
  trade_order: 'the same trades in another order: how deep the fall could have been on the way to the same end',
  random_timing: 'the same positions held as long, at random times: what the exposure alone would have made',
  parameter_noise:
    'every number of the rules but 0 up to 20 % off at once: whether the result rests on the very numbers that were chosen',
  neighbours: 'each number of the rules but 0 alone 10 % lower and higher: what the choices next to this one make',
  price_blocks: 'the strategy on histories made of blocks of these bars: what it makes of markets of this kind',
};

/**
 * What luck may have done in a run: the order of its trades, the times at which it held its positions, the history it was given. The seed is
 * made of the returns, so the same question has the same answer.
 * @throws DomainError as `runBacktest`, and `insufficient_data` for fewer than 20 scored bars
 */
export function monteCarlo({
  document,
  bars,
  artifact = null,
  options = {},
  draws: asked,
  block,
}: MonteCarloInput): MonteCarloDocument {
  const prepared = prepareStrategy(document, bars);
  const run = backtestPrepared(prepared, artifact, options);
  const observations = run.returns.length;
  if (observations < MIN_BARS) {
    const message = `Monte-Carlo needs at least ${MIN_BARS} returns, had ${observations}`;
    throw refuse('insufficient_data', message, { rows: observations, required: MIN_BARS });
  }
  const draws = drawCount(observations, asked);
  const seed = hashOfColumn(run.returns);
  return {
    observations,
    seed,
    methods: [
      tradeOrder(run, draws, seed),
      randomTiming(bars, run, draws, seed),
      priceBlocks({ document, bars, options }, prepared.plan !== null, run, { draws, seed, block }),
      ...otherNumbers({ document, bars, artifact }, prepared, run, { draws, seed }),
    ],
  };
}

/** Values of some metrics over all draws, as the rows of an answer. */
function drawn(
  keys: readonly MetricKey[],
  run: BacktestOutcome,
  draws: number,
  next: (draw: number) => Float64Array,
): DrawnRow[] {
  const values = keys.map(() => new Float64Array(draws));
  const { periodsPerYear } = run.options;
  const { riskFreeReturns } = run;
  for (let draw = 0; draw < draws; draw++)
    computeMetricsOf(keys, { returns: next(draw), periodsPerYear, riskFreeReturns }).forEach(
      (value, k) => (values[k]![draw] = value ?? NaN),
    );
  return keys.map((key, k): DrawnRow => {
    const better = METRICS[key].better ?? 'higher';
    const found = distributionOf(values[k]!, run.metrics[key]!, better);
    const { observed, mean, lower5, lower25, median, upper75, upper95, worst, p } = found;
    return {
      ...{ metric: key, observed, mean, lower_5: lower5, lower_25: lower25, median },
      ...{ upper_75: upper75, upper_95: upper95, worst, as_good: p },
    };
  });
}

const none = (method: MonteCarloMethod, why: string): MonteCarloRow => ({
  ...{ method, what: WHAT[method], draws: 0, block: null, items: [], why },
});

function tradeOrder(run: BacktestOutcome, draws: number, seed: string): MonteCarloRow {
  const entries = [...new Set(run.trades.map(({ entryIndex }) => entryIndex))];
  if (entries.length < 2) return none('trade_order', `fewer than 2 trades were entered, had ${entries.length}`);
  const { returns } = run;
  const next = tradeShuffler(`${seed} trade order`, returns.length, entries);
  const order = new Int32Array(returns.length);
  const other = new Float64Array(returns.length);
  const items = drawn(OF_THE_WAY, run, draws, () => {
    next(order);
    for (let t = 0; t < order.length; t++) other[t] = returns[order[t]!]!;
    return other;
  });
  return { method: 'trade_order', what: WHAT.trade_order, draws, block: null, items, why: null };
}

/** Positions are taken at closes and left at closes or opens alone: what stops and targets do within a bar is none of their timing. */
function randomTiming(bars: BarColumns, run: BacktestOutcome, draws: number, seed: string): MonteCarloRow {
  const { positions, scored, options } = run;
  if (!hasOtherTimings(positions))
    return none(
      'random_timing',
      positions.some((held) => held !== 0) ? 'one position was held all the time' : 'nothing was held',
    );
  const next = randomTimer(`${seed} random timing`, positions);
  const weights = new Float64Array(positions.length);
  const path = segmentPaths(bars, scored, options);
  const items = drawn(OF_THE_RESULT, run, draws, () => {
    next(weights);
    return path({ weights }).returns;
  });
  return { method: 'random_timing', what: WHAT.random_timing, draws, block: null, items, why: null };
}

interface Drawing {
  draws: number;
  seed: string;
  block?: number;
}

function priceBlocks(
  { document, bars, options }: Pick<BacktestInput, 'document' | 'bars' | 'options'>,
  hasModel: boolean,
  run: BacktestOutcome,
  { draws: asked, seed, block: askedBlock }: Drawing,
): MonteCarloRow {
  const n = bars.close.length;
  if (hasModel) return none('price_blocks', 'a model has seen the bars that would be drawn');
  if (options?.fx) return none('price_blocks', "the rates of the account's currency have no other history");
  const draws = Math.min(asked, mostDraws(n * PRICE_DRAWS_PER_DRAW));
  const moves = Float64Array.from({ length: n - 1 }, (_, t) => bars.close[t + 1]! / bars.close[t]! - 1);
  const block = askedBlock ?? Math.min(Math.max(LEAST_PRICE_BLOCK, lastingBlock(moves)), n - 1);
  requireThat(block >= 1 && block <= n - 1, 'block', `a number from 1 to ${n - 1}`, block);
  const next = blockResampler('stationary', `${seed} price blocks`, n - 1, block);
  const places = new Int32Array(n - 1);
  const other = emptyLike(bars);
  const [from, to] = run.scored;
  const { fill } = run.options;
  const items = drawn(OF_THE_RESULT, run, draws, () => {
    next(places);
    for (let t = 0; t < places.length; t++) places[t]! += 1;
    drawBars(bars, places, other);
    const { weights, interventions } = evaluatePrepared(prepareStrategy(document, other), null, fill);
    // flat before the history begins, as the run itself
    return segmentPaths(other, [0, n], run.options)({ weights, interventions }).returns.subarray(from, to);
  });
  return { method: 'price_blocks', what: WHAT.price_blocks, draws, block, items, why: null };
}

/** The same bars under documents of which some numbers are others; predictions of a model are those of the run. */
function otherNumbers(
  { document, bars, artifact = null }: Pick<BacktestInput, 'document' | 'bars' | 'artifact'>,
  prepared: PreparedStrategy,
  run: BacktestOutcome,
  { draws: asked, seed }: Drawing,
): MonteCarloRow[] {
  const columns = Object.keys(bars.extra);
  const numbers = decisiveNumbers(document, columns);
  if (numbers.length > MOST_NUMBERS) {
    const why = `its rules have more than ${MOST_NUMBERS} numbers`;
    return [none('parameter_noise', why), none('neighbours', why)];
  }
  const n = bars.close.length;
  const draws = Math.min(asked, mostDraws(n * PRICE_DRAWS_PER_DRAW));
  const predictions = numbers.length === 0 ? null : backtestPredictions(prepared, artifact);
  const path = segmentPaths(bars, [0, n], run.options);
  const [from, to] = run.scored;
  const row = (method: MonteCarloMethod, documents: readonly StrategyDocument[]): MonteCarloRow => {
    if (documents.length === 0) return none(method, 'no number of its rules could be another');
    const items = drawn(OF_THE_RESULT, run, documents.length, (draw) => {
      const other = prepareStrategy(documents[draw]!, bars);
      const { weights, interventions } = evaluatePrepared(other, predictions, run.options.fill);
      return path({ weights, interventions }).returns.subarray(from, to);
    });
    return { method, what: WHAT[method], draws: documents.length, block: null, items, why: null };
  };
  const noise = { draws: numbers.length === 0 ? 0 : draws, seed: `${seed} parameter noise` };
  const neighbours = row('neighbours', neighbouringDocuments(document, numbers, columns));
  return [
    row('parameter_noise', noisyDocuments(document, numbers, columns, noise)),
    // a few choices and no draws: they have a middle and a worst, and no chances
    { ...neighbours, items: neighbours.items.map((item) => ({ ...item, ...NO_CHANCES })) },
  ];
}

function emptyLike(bars: BarColumns): BarColumns {
  const column = (): Float64Array => new Float64Array(bars.close.length);
  return {
    ...bars,
    ...{ open: column(), high: column(), low: column(), close: column(), volume: column() },
    extra: Object.fromEntries(Object.keys(bars.extra).map((name) => [name, column()])),
  };
}

/** Volume and further columns are drawn with the prices of their bar. */
function drawBars(bars: BarColumns, places: Int32Array, into: BarColumns): void {
  resampleBars(bars, places, into);
  const taken: [Float64Array, Float64Array][] = [
    [bars.volume, into.volume],
    ...Object.entries(bars.extra).map(([name, column]): [Float64Array, Float64Array] => [column, into.extra[name]!]),
  ];
  for (const [column, to] of taken) {
    to[0] = column[0]!;
    for (let t = 1; t < to.length; t++) to[t] = column[places[t - 1]!]!;
  }
}
