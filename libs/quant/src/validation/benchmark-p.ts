import { requireThat } from '../errors/invalid-input';
import type { TeamHelpers } from '../team/team-helpers';
import { AlphaColumn } from './alpha-column';
import { isUsable, MarketsOfLedger, sharedTimes, type BenchmarkTrial } from './benchmark-trial';
import type { ScreenJob } from './exceedances/screened-pass';
import { BLOCK_BARS, LedgerAxis } from './ledger-axis';
import { blockRows, pValues, type Thresholds } from './max-t-draws';
import { normalCdf } from './normal-distribution';
import { barRows, type TrialColumns } from './paired-columns';
import { studentToNormal } from './student-distribution';

/** A candidate that tracks the benchmark closer than this per year cannot be told from it. */
export const MIN_TRACKING_ERROR = 0.01;

const MIN_BLOCKS = 2;

export interface BenchmarkPInput {
  /** Every trial of the ledger on its own scored bars; null: counted, but without a usable series. */
  readonly trials: readonly (BenchmarkTrial | null)[];
  /** Index of the candidate in `trials`. */
  readonly candidate: number;
  /** Further trials of which nothing is known but that they were made: each counts like one without a usable series. Default 0. */
  readonly outside?: number;
  readonly periodsPerYear: number;
  /** Default 10,000. */
  readonly draws?: number;
  readonly seed: number;
  /** Called with the share of the work that is done. */
  readonly onProgress?: (fraction: number) => void;
  /** Threads that help where the ledger is large; the figures are the same without. */
  readonly helpers?: TeamHelpers<ScreenJob>;
}

/** A figure of the block test and of the iid test. */
export interface BlockAndIid {
  readonly block: number;
  readonly iid: number;
}

/** A figure of the raw column and of the one by the volatility clock; null where that cannot be tested. */
export interface RawAndScaled<Value = number> {
  readonly raw: Value;
  readonly scaled: Value | null;
}

export interface BenchmarkPResult {
  /** The larger of the two: over the raw and scaled columns of all trials. Null when `why` says that nothing can be tested. */
  readonly jointP: number | null;
  /** The larger of the two: over the raw columns alone. */
  readonly rawP: number | null;
  readonly joint: BlockAndIid | null;
  readonly raw: BlockAndIid | null;
  /** Of the candidate; the block's after the correction for few blocks. */
  readonly t: RawAndScaled<BlockAndIid> | null;
  /** Of the candidate, per bar; the scaled one in units of the benchmark's volatility. */
  readonly alpha: RawAndScaled | null;
  /** Of the candidate's raw column. */
  readonly beta: number | null;
  /** sqrt(mean u^2) sqrt(P) of the raw column, a fraction per year. */
  readonly trackingError: number | null;
  /** N as counted. */
  readonly trials: number;
  /** Trials with a column in the maximum. */
  readonly activeTrials: number;
  /** Trials without a usable series, those made outside among them: one independent column each. */
  readonly unusableTrials: number;
  readonly draws: number;
  readonly seed: number;
  readonly why: 'indistinguishable_from_benchmark' | 'benchmark_constant' | 'too_few_bars' | null;
}

function checkInput({ trials, candidate, outside = 0, periodsPerYear, draws = 10_000 }: BenchmarkPInput): void {
  requireThat(trials.length >= 1, 'trials.length', 'at least 1', trials.length);
  const isOne = Number.isInteger(candidate) && candidate >= 0 && candidate < trials.length;
  requireThat(isOne, 'candidate', `an index below ${trials.length}`, candidate);
  requireThat(Number.isInteger(outside) && outside >= 0, 'outside', 'an integer of at least 0', outside);
  requireThat(periodsPerYear > 0, 'periodsPerYear', 'positive', periodsPerYear);
  requireThat(Number.isInteger(draws) && draws >= 1, 'draws', 'an integer of at least 1', draws);
  const own = trials[candidate];
  requireThat(own !== null, `trials[${candidate}]`, 'the series of the candidate', own);
  trials.forEach((trial, i) => {
    if (trial === null) return;
    const { openTimeMs, returns, benchmark } = trial;
    requireThat(returns.length === openTimeMs.length, `trials[${i}].returns.length`, `${openTimeMs.length} like its times`, returns.length); // prettier-ignore
    requireThat(benchmark.returns.length === benchmark.openTimeMs.length, `trials[${i}].benchmark.returns.length`, `${benchmark.openTimeMs.length} like its times`, benchmark.returns.length); // prettier-ignore
  });
  const broken = own!.returns.findIndex((value) => !Number.isFinite(value));
  if (broken >= 0) requireThat(false, `trials[${candidate}].returns[${broken}]`, 'finite', own!.returns[broken]);
  const isHeld = own!.openTimeMs.length === 0 || isUsable(own!);
  requireThat(isHeld, `trials[${candidate}].benchmark`, 'a finite return at every bar of the candidate', 'one without');
}

const isTestable = (column: AlphaColumn): boolean => !column.isCopy && column.blockNorm > 0;

/**
 * Does the candidate beat holding the market at its own beta, after counting every trial?
 *
 * Max-t tests of alpha over the whole ledger, each trial on its own bars, once as they are and once by the benchmark's
 * volatility. `rawP` is over the raw columns, `jointP` over both; each is the larger of a test with blocks of 21 bars and of an
 * iid one. With one trial alone `rawP` is 1 - Phi(t).
 * @throws InvalidInputError on unequal lengths, or on returns of the candidate that are not finite.
 */
export function benchmarkP(input: BenchmarkPInput): BenchmarkPResult {
  checkInput(input);
  const { candidate, outside = 0, periodsPerYear, draws = 10_000, seed, onProgress, helpers } = input;
  const trials = sharedTimes(input.trials);
  const counted = trials.length + outside;
  const head = { trials: counted, draws, seed };
  const nothing = {
    ...{ jointP: null, rawP: null, joint: null, raw: null, t: null, alpha: null, beta: null, trackingError: null },
    ...{ ...head, activeTrials: 0, unusableTrials: 0 },
  };
  const own = trials[candidate];
  if (own === null) return { ...nothing, why: 'too_few_bars' };
  const times = new Set(trials.flatMap((trial) => (trial === null ? [] : [trial.openTimeMs])));
  const axis = new LedgerAxis(own.openTimeMs, [...times]);
  const markets = new MarketsOfLedger(axis, own.openTimeMs);
  if (axis.ownBlocks < MIN_BLOCKS) return { ...nothing, why: 'too_few_bars' };
  if (!(markets.of(own).raw.variance > 0)) return { ...nothing, why: 'benchmark_constant' };

  const columnsOf = (trial: BenchmarkTrial) => {
    const { raw, scaled } = markets.of(trial);
    return {
      raw: new AlphaColumn(trial.returns, raw, axis.blocks),
      scaled: new AlphaColumn(trial.returns, scaled, axis.blocks),
    };
  };
  const { raw: fit, scaled: fitScaled } = columnsOf(own);
  const trackingError = Math.sqrt((fit.squares / own.returns.length) * periodsPerYear);
  const found = { beta: fit.beta, alpha: { raw: fit.alpha, scaled: fitScaled.alpha }, trackingError };
  if (trackingError < MIN_TRACKING_ERROR || !isTestable(fit))
    return { ...nothing, ...found, why: 'indistinguishable_from_benchmark' };

  const columns: TrialColumns[] = [];
  let [active, unusable] = [0, outside];
  for (const trial of trials) {
    const made = trial && markets.of(trial).raw.variance > 0 ? columnsOf(trial) : null;
    if (made === null || made.raw.blocks < MIN_BLOCKS) {
      unusable++;
      continue;
    }
    const [raw, scaled] = [made.raw, made.scaled].map((column) => (isTestable(column) ? column : null));
    if (raw === null && scaled === null) continue;
    columns.push({ raw, scaled, isOfMarket: trial!.benchmark === own.benchmark });
    active++;
  }

  const tOf = (column: AlphaColumn): BlockAndIid => ({
    block: studentToNormal(column.blockT, column.blocks - 1),
    iid: column.iidT,
  });
  const t = { raw: tOf(fit), scaled: isTestable(fitScaled) ? tOf(fitScaled) : null };
  const thresholds = (test: keyof BlockAndIid): Thresholds => ({
    raw: t.raw[test],
    joint: Math.max(t.raw[test], t.scaled?.[test] ?? -Infinity),
  });
  const share = 1 / (BLOCK_BARS + 1);
  const block = pValues(
    { test: 'block', own: axis.ownBlocks, length: axis.blocks },
    blockRows(columns, axis.blocks),
    thresholds('block'),
    unusable,
    { draws, seed, helpers },
    (done) => onProgress?.(share * done),
  );
  const iid = pValues(
    { test: 'bar', own: axis.ownBars, length: axis.bars },
    barRows(columns, axis, thresholds('iid').joint),
    thresholds('iid'),
    unusable,
    { draws, seed, helpers },
    (done) => onProgress?.(share + (1 - share) * done),
  );
  const joint = { block: block.joint, iid: iid.joint };
  const raw =
    counted === 1 ? { block: normalCdf(-t.raw.block), iid: normalCdf(-t.raw.iid) } : { block: block.raw, iid: iid.raw };
  return {
    ...{ jointP: Math.max(joint.block, joint.iid), rawP: Math.max(raw.block, raw.iid), joint, raw, t, ...found },
    ...{ ...head, activeTrials: active, unusableTrials: unusable, why: null },
  };
}
