import type { ModelPlan, StrategyDocument } from '@assay/contracts';
import { sliceBars, type BarColumns, type BatchEvaluation } from '@assay/domain';
import { createRng } from '@assay/quant';
import {
  evaluatePrepared,
  firstOwnBar,
  importedPredictions,
  isRefitted,
  prepareStrategy,
  type PreparedStrategy,
} from '../evaluator';
import { fitRows, outOfSamplePredictions, planRows, type ModelContent, type TrainingSet } from '../models';
import { POLICY_LAYOUT } from './layout';
import type { Progress } from './progress';

export interface LookAheadViolation {
  /** Bar after which the history was cut. */
  cut: number;
  /** A feature's name, `prediction`, `signal` or `weight`. */
  value: string;
  full: number;
  truncated: number;
}

export interface LookAheadAudit {
  seed: number;
  cuts: number[];
  /** Values compared as 64-bit patterns. */
  compared: number;
  mismatches: number;
  /** Bars that were also taken one by one by the evaluator that trades, of a universe. */
  streamed?: number;
  /** The first ten. */
  violations: LookAheadViolation[];
}

const MAX_SHOWN = 10;

/**
 * Recomputes features, predictions and targets on the history cut after each of the seeded bars and compares them at
 * the cut with those of the full run, bit for bit. The cuts go up in time and each only fits the models that came due
 * since the one before, on the cut history: nothing after a cut ever enters what is compared there.
 */
export function lookAheadAudit(
  {
    document,
    bars,
    artifact = null,
    cuts: count = POLICY_LAYOUT.look_ahead_cuts,
    seed = 1,
  }: {
    document: StrategyDocument;
    bars: BarColumns;
    /** Of a model that was trained elsewhere; any other is fitted on what was known. */
    artifact?: Uint8Array | null;
    cuts?: number;
    seed?: number;
  },
  onProgress?: Progress,
): LookAheadAudit {
  const n = bars.close.length;
  const full = prepareStrategy(document, bars);
  const fullRun = evaluateOutOfSample(full, { known: null, knownTo: 0, artifact });
  const cuts = drawCuts(n, Math.max(full.lookback, firstOwnBar(full, artifact)), count, seed);
  const violations: LookAheadViolation[] = [];
  let compared = 0;
  let mismatches = 0;
  let known: Float64Array | null = null;
  let knownTo = 0;
  // the fit of a bar rests on what was known there: the shortest history that has the bar is the strictest
  const fits: Fits = new Map();
  cuts.forEach((cut, k) => {
    const truncated = prepareStrategy(document, sliceBars(bars, 0, cut + 1));
    const run = evaluateOutOfSample(truncated, { known, knownTo, artifact }, fits);
    if (truncated.plan) {
      known = run.predictions;
      knownTo = cut + 1;
    }
    for (const [value, a, b] of pairsAt(fullRun, run, cut)) {
      compared++;
      if (Object.is(a, b)) continue;
      mismatches++;
      if (violations.length < MAX_SHOWN) violations.push({ cut, value, full: a, truncated: b });
    }
    onProgress?.((k + 1) / cuts.length, `cut ${k + 1} of ${cuts.length}`);
  });
  return { seed, cuts, compared, mismatches, violations };
}

/** Models by the bar at which they came due. */
type Fits = Map<number, ModelContent | null>;

/**
 * Evaluation on out-of-sample predictions; those of bars before `knownTo`, and the models in `fits`, are taken over from a shorter
 * history.
 */
function evaluateOutOfSample(
  prepared: PreparedStrategy,
  { known, knownTo, artifact }: { known: Float64Array | null; knownTo: number; artifact: Uint8Array | null },
  fits: Fits = new Map(),
): BatchEvaluation {
  const { plan } = prepared;
  if (plan === null) return evaluatePrepared(prepared, null);
  const isOwn = isRefitted(prepared) || artifact === null;
  const predictions = isOwn
    ? refitted(prepared, plan, knownTo, fits)
    : importedPredictions(prepared, artifact, knownTo);
  if (known !== null) predictions.set(known.subarray(0, knownTo));
  return evaluatePrepared(prepared, { values: predictions, key: null });
}

function refitted({ rowSource }: PreparedStrategy, plan: ModelPlan, from: number, fits: Fits): Float64Array {
  const fit = (rows: TrainingSet, at: number): ModelContent | null => {
    if (!fits.has(at)) fits.set(at, fitRows(plan, rows));
    return fits.get(at)!;
  };
  return outOfSamplePredictions(plan, rowSource, { from }, { rows: planRows(plan, rowSource), fit });
}

/** Distinct bars in [lookback, n), ascending; all of them when there are fewer than asked. */
export function drawCuts(n: number, lookback: number, count: number, seed: number): number[] {
  const bars = Array.from({ length: Math.max(0, n - lookback) }, (_, i) => lookback + i);
  createRng(seed).shuffle(bars);
  return bars.slice(0, count).sort((a, b) => a - b);
}

function* pairsAt(full: BatchEvaluation, cut: BatchEvaluation, at: number): Generator<[string, number, number]> {
  for (let f = 0; f < full.features.length; f++) {
    yield [full.featureNames[f]!, full.features[f]![at]!, cut.features[f]![at]!];
  }
  yield ['prediction', full.predictions[at]!, cut.predictions[at]!];
  yield ['signal', full.signals[at]!, cut.signals[at]!];
  yield ['weight', full.weights[at]!, cut.weights[at]!];
}
