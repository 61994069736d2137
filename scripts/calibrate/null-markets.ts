import type { PipelineDocument } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { evaluatePrepared, prepareStrategy, StageCache } from '@assay/pipeline';
import { heldTrial, randomPositions } from './held-trials';
import { JudgedTrial } from './judged-trial';
import { BARS_A_YEAR, barsOf, DAILY_VOLATILITY, gjrReturns, sp500Blocks, streamOf, walkReturns } from './markets';
import { noiseColumns, randomModels } from './model-trials';
import { randomRules } from './rule-trials';

export interface NullMarket {
  bars: BarColumns;
  trials: JudgedTrial[];
}

/** @param seed of this market @param n bars @param count trials, those of a smaller number first */
type MakeNull = (seed: string, n: number, count: number) => NullMarket;

/** A year's drift of a rising market: as much as its volatility, so that buy and hold has a Sharpe ratio of 1. */
const RISING = DAILY_VOLATILITY / Math.sqrt(BARS_A_YEAR);
/** Different models that are fitted; further trials are the same at other levels of their predictions. */
const DIFFERENT_MODELS = 50;

const nameOf = (i: number): string => `trial ${i}`;

function trialsOn(bars: BarColumns, documents: readonly PipelineDocument[]): JudgedTrial[] {
  const memo = new StageCache();
  return documents.map((document, i) => new JudgedTrial({ document, bars }, nameOf(i), memo));
}

const rulesOnOwnBars =
  (returnsOf: (seed: string, n: number) => Float64Array): MakeNull =>
  (seed, n, count) => {
    const bars = barsOf(returnsOf(seed, n));
    return { bars, trials: trialsOn(bars, randomRules(streamOf(seed, 'rules'), count)) };
  };

/** What the rules hold on other bars, bar for bar. */
function heldElsewhere(bars: BarColumns, documents: readonly PipelineDocument[]): Float64Array[] {
  const memo = new StageCache();
  return documents.map((document) => {
    const { signals } = evaluatePrepared(prepareStrategy(document, bars, memo), null);
    // before the rule can say anything it is out
    return signals.map((signal) => (signal > 0 ? 1 : -1));
  });
}

/** Trials of one model one after the other, as long as its fits are at hand. */
function reckonByModel(trials: readonly JudgedTrial[]): void {
  for (let model = 0; model < DIFFERENT_MODELS; model++)
    for (let i = model; i < trials.length; i += DIFFERENT_MODELS) void trials[i].series;
}

/** Markets on which nothing can have an edge, with what is tried on them. */
export const NULL_MARKETS = {
  zero_mean_walk: rulesOnOwnBars((seed, n) => walkReturns(streamOf(seed, 'market'), n)),
  gjr_garch: rulesOnOwnBars((seed, n) => gjrReturns(streamOf(seed, 'market'), n)),
  sp500_blocks: (seed, n, count) => {
    const bars = barsOf(sp500Blocks(`${seed} market`, n));
    const documents = randomRules(streamOf(seed, 'rules'), count);
    const elsewhere = heldElsewhere(barsOf(sp500Blocks(`${seed} elsewhere`, n)), documents);
    const trials = elsewhere.map((held, i) => {
      const isLongShort = documents[i].signal.position_mode === 'long_short';
      return new JudgedTrial(heldTrial(bars, held, isLongShort), nameOf(i));
    });
    return { bars, trials };
  },
  rising_random_positions: (seed, n, count) => {
    const bars = barsOf(gjrReturns(streamOf(seed, 'market'), n, RISING));
    const rng = streamOf(seed, 'positions');
    const trials = Array.from({ length: count }, (_, i) => {
      const isLongShort = rng.int(2) === 1;
      return new JudgedTrial(heldTrial(bars, randomPositions(rng, n), isLongShort), nameOf(i));
    });
    return { bars, trials };
  },
  models_on_random_features: (seed, n, count) => {
    const bars = barsOf(sp500Blocks(`${seed} market`, n), noiseColumns(streamOf(seed, 'columns'), n));
    const trials = trialsOn(bars, randomModels(streamOf(seed, 'models'), DIFFERENT_MODELS, count));
    reckonByModel(trials);
    return { bars, trials };
  },
} satisfies Record<string, MakeNull>;

export type NullKind = keyof typeof NULL_MARKETS;
