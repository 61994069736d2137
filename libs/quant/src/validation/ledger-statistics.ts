import { helpRound } from '../team/help-team';
import { shared } from '../team/shared-arrays';
import { Team } from '../team/team';
import type { TeamHelpers } from '../team/team-helpers';
import { benchmarkP, type BenchmarkPInput, type BenchmarkPResult } from './benchmark-p';
import { effectiveTrials, type EffectiveTrials } from './effective-trials';
import type { ScreenJob } from './exceedances/screened-pass';
import { pboCscv, type PboResult } from './pbo';
import { chooseCount } from './split-limit';

export interface LedgerStatisticsInput extends Omit<BenchmarkPInput, 'onProgress' | 'helpers'> {
  /** The trials on the bars that all have: what is counted and compared. */
  readonly aligned: readonly Float64Array[];
  /** Blocks of the cross-validation; null: too little for one. */
  readonly blocks: number | null;
}

export interface LedgerStatistics {
  readonly benchmark: BenchmarkPResult;
  readonly effective: EffectiveTrials;
  readonly pbo: Pick<PboResult, 'pbo' | 'lossProbability' | 'logits'> | null;
}

/** What a helper does of it by itself. */
export interface StatisticsJob {
  readonly kind: 'statistics';
  readonly words: Int32Array;
  /** In memory that threads share. */
  readonly aligned: readonly Float64Array[];
  readonly blocks: number | null;
  readonly found: Float64Array;
  /** One for each split of the cross-validation. */
  readonly logits: Float64Array;
}

/** Threads that can help a judgement, see `helpJudging`. */
export type JudgingHelpers = TeamHelpers<ScreenJob | StatisticsJob>;

/** A part of the work that a helper takes as a whole, the dearest last: helpers begin there. */
const PART = { pbo: 0, effective: 1 } as const;
const PARTS = 2;
/** Where parts write what they found. */
const FOUND = { pbo: 0, loss: 1, raw: 2, adjusted: 3, clustered: 4, correlation: 5 } as const;
const FOUND_NUMBERS = 6;

/** Numbers of trials and bars below which one thread is as fast. */
const LEAST_SHARED = 5e5;

/** A part may take minutes where others work too. */
const PATIENCE_MS = 3_600_000;

/** Where each ends on the way from 0 to 1, one after the other. */
const DONE = { effective: 0.2, benchmark: 0.84 };

/** The statistics that a ledger is judged by; the same with helpers as without. @throws as each of them does, HelperLost */
export function ledgerStatistics(
  input: LedgerStatisticsInput,
  { onProgress, helpers }: { onProgress?: BenchmarkPInput['onProgress']; helpers?: JudgingHelpers } = {},
): LedgerStatistics {
  const { aligned, blocks, ...test } = input;
  const numbers = aligned.length * (aligned[0]?.length ?? 0);
  if (helpers !== undefined && helpers.count > 0 && numbers >= LEAST_SHARED)
    return statisticsByTeam(input, helpers, onProgress);
  const part = (from: number, to: number) => (done: number) => onProgress?.(from + (to - from) * done);
  const effective = effectiveTrials(aligned, part(0, DONE.effective));
  const benchmark = benchmarkP({ ...test, onProgress: part(DONE.effective, DONE.benchmark) });
  if (blocks === null) return { benchmark, effective, pbo: null };
  const { pbo, lossProbability, logits } = pboCscv(aligned, { blocks, onProgress: part(DONE.benchmark, 1) });
  return { benchmark, effective, pbo: { pbo, lossProbability, logits } };
}

/** Does what is left of one ledger's statistics, once. */
export function helpStatistics(job: StatisticsJob): void {
  helpRound(job.words, (_, part) => doPart(job, part));
}

/** The leader holds the draws against the columns meanwhile; whoever is done first helps the other. */
function statisticsByTeam(
  { aligned, blocks, ...test }: LedgerStatisticsInput,
  helpers: JudgingHelpers,
  onProgress: BenchmarkPInput['onProgress'],
): LedgerStatistics {
  const copies = new Map<Float64Array, Float64Array>();
  const own = {
    kind: 'statistics',
    aligned: aligned.map((series) => sharedCopy(series, copies)),
    blocks,
    found: shared.doubles(FOUND_NUMBERS),
    logits: shared.doubles(blocks === null ? 0 : chooseCount(blocks, blocks / 2)),
  } as const;
  const team = new Team((_, part) => doPart({ ...own, words: team.words }, part), PATIENCE_MS);
  let benchmark: BenchmarkPResult | undefined;
  try {
    helpers.start(0, { ...own, words: team.words });
    team.run(0, PARTS, () => (benchmark = benchmarkP({ ...test, helpers, onProgress })));
  } finally {
    team.close();
  }
  const { found, logits } = own;
  const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
  return {
    benchmark: benchmark!,
    effective: {
      raw: found[FOUND.raw],
      correlationAdjusted: found[FOUND.adjusted],
      clustered: orNull(found[FOUND.clustered]),
      meanCorrelation: orNull(found[FOUND.correlation]),
    },
    pbo: blocks === null ? null : { pbo: found[FOUND.pbo], lossProbability: found[FOUND.loss], logits: logits.slice() },
  };
}

function doPart({ aligned, blocks, found, logits }: StatisticsJob, part: number): void {
  if (part === PART.effective) {
    const { raw, correlationAdjusted, clustered, meanCorrelation } = effectiveTrials(aligned);
    found[FOUND.raw] = raw;
    found[FOUND.adjusted] = correlationAdjusted;
    found[FOUND.clustered] = clustered ?? NaN;
    found[FOUND.correlation] = meanCorrelation ?? NaN;
  } else if (blocks !== null) {
    const cross = pboCscv(aligned, { blocks });
    found[FOUND.pbo] = cross.pbo;
    found[FOUND.loss] = cross.lossProbability;
    cross.logits.forEach((logit, split) => (logits[split] = logit));
  }
}

function sharedCopy(series: Float64Array, known: Map<Float64Array, Float64Array>): Float64Array {
  const copy = known.get(series) ?? shared.copy(series);
  known.set(series, copy);
  return copy;
}
